/** The values of options, read once: a mistake is a sentence, not an exception later. */
import { InvalidArgumentError } from "commander";
import { nearName } from "../core/near-name.js";
import { readTime } from "../core/time.js";
import { areRates, FAULT_KINDS, type FaultRates } from "../emulator/faults/fault.js";

/** How many rejections a run may have and still end well. */
export type RejectionTolerance =
  | { readonly kind: "count"; readonly limit: number }
  | { readonly kind: "share"; readonly percent: number };

/** No rejection is tolerated unless the user says so. */
export const NO_REJECTIONS: RejectionTolerance = { kind: "count", limit: 0 };

/** Reads `--max-rejects 12` or `--max-rejects 5%`. */
export function readTolerance(text: string): RejectionTolerance {
  const match = /^(\d+(?:\.\d+)?)(%)?$/.exec(text.trim());
  const number = Number(match?.[1]);
  if (match === null || (match[2] === undefined && !Number.isInteger(number)))
    throw new InvalidArgumentError("Write a number of records, or a share such as 5%.");
  return match[2] === undefined
    ? { kind: "count", limit: number }
    : { kind: "share", percent: number };
}

/** Reads `--now 2026-04-30T12:00:00Z` as milliseconds. */
export function readNow(text: string): number {
  const time = readTime(text);
  if (time.kind === "instant") return time.ms;
  throw new InvalidArgumentError(
    time.kind === "without_zone"
      ? "The time has no zone; write for example 2026-04-30T12:00:00Z."
      : "Write a time such as 2026-04-30T12:00:00Z.",
  );
}

/** Reads a whole number from 0. */
export function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  throw new InvalidArgumentError("Write a whole number.");
}

/** Reads a TCP port. */
export function readPort(text: string): number {
  const port = readCount(text);
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number up to 65535.");
}

/** Reads a number of calls, which is never 0. */
export function readCallsPerHour(text: string): number {
  const calls = readCount(text);
  if (calls > 0) return calls;
  throw new InvalidArgumentError("Write a whole number above 0.");
}

/**
 * Reads `--fault reset=0.1` or `--fault reset=10%`; the option may be given once for each kind.
 *
 * @param before what the same option said before
 */
export function readFault(text: string, before: FaultRates = {}): FaultRates {
  const [, name = "", number = "", percent] =
    /^([^=]+)=(\d+(?:\.\d+)?)(%)?$/.exec(text.trim()) ?? [];
  const kind = FAULT_KINDS.find((one) => one === name);
  const rate = Number(number) / (percent === undefined ? 1 : 100);
  if (kind === undefined) throw new InvalidArgumentError(unknownFault(name));
  const rates = { ...before, [kind]: rate };
  if (areRates(rates)) return rates;
  throw new InvalidArgumentError("The rates of all faults together are 1, or 100%, at most.");
}

function unknownFault(name: string): string {
  const near = nearName(name, FAULT_KINDS);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `Write a kind and a rate such as reset=0.1 or reset=10%.${hint} Kinds are ${FAULT_KINDS.join(", ")}.`;
}
