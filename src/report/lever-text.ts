/** What an operator's word on a request did, and what follows from it. */
import type { LedgerState, LeverEffect, LoggedBatch, Undecidable } from "../store/ledger.js";
import { counted, figure } from "./table.js";

/** An operator's word: send it again, or give it up. */
export type Lever = "retry" | "skip";

/** The effect of a word that was heeded. */
export type LeverDone = Extract<LeverEffect, { readonly kind: "done" }>;

/**
 * What follows, in one line.
 *
 * @param before the request as it was before the word
 */
export function leverText(lever: Lever, before: LoggedBatch, effect: LeverDone): string {
  const said = lever === "retry" ? retried(before, effect) : skipped(before, effect);
  return `${before.batchId}: ${said}`;
}

function retried(before: LoggedBatch, effect: LeverDone): string {
  const { events, refused } = sentAgain(before, effect);
  const things = [
    ...(events > 0 ? [counted(events, "event")] : []),
    ...(refused > 0 ? [counted(refused, "refused record")] : []),
  ];
  if (things.length > 0)
    return `${things.join(" and ")} will be sent again by the next run${twice(events, refused)}.`;
  return before.surface === "custom_audiences" && UNCONFIRMED.has(before.state)
    ? "open; the next run sends it again, unless Meta has acknowledged its records since."
    : "nothing of it is open, so nothing is sent again.";
}

/** An event that was given up is open and a reject at once. */
function sentAgain(
  { state }: LoggedBatch,
  { events, rejects }: LeverDone,
): { readonly events: number; readonly refused: number } {
  const both = state === "skipped" && events > 0;
  return both ? { events: Math.max(events, rejects), refused: 0 } : { events, refused: rejects };
}

function twice(events: number, refused: number): string {
  if (events === 0) return "";
  if (refused > 0) return "; Meta may count the events twice if it had them";
  return `; Meta may count ${events === 1 ? "it twice if it had it" : "them twice if it had them"}`;
}

/** One that is found being sent is unknown by then. */
const UNCONFIRMED: ReadonlySet<LedgerState> = new Set([
  "sending",
  "unknown",
  "failed",
  "split",
  "skipped",
]);

function skipped({ batchId, state, surface }: LoggedBatch, { events }: LeverDone): string {
  if (events > 0)
    return `given up: ${figure(events)} ${events === 1 ? "event is" : "events are"} left out from now on; \`ledger retry ${batchId}\` takes that back.`;
  if (state === "skipped") return "it was given up before.";
  return surface === "events"
    ? "given up; none of its events was open."
    : `given up: it is left out from now on, as long as it is the same request at the same place, and nothing of it counts as confirmed; \`ledger retry ${batchId}\` takes that back.`;
}

/** Why a word was refused, and what to do instead. */
export interface LeverRefusal {
  readonly message: string;
  readonly remedy: string;
}

/** @param batch the one about which nothing is to be decided */
export function leverRefusal(
  { batchId, surface }: Pick<LoggedBatch, "batchId" | "surface">,
  because: Undecidable,
): LeverRefusal {
  const nothing = `there is nothing to decide about \`${batchId}\``;
  switch (because) {
    case "acknowledged":
      return {
        message: `${nothing}: Meta has acknowledged all of it`,
        remedy: `\`sync --records … --resend\` sends everything again${surface === "events" ? "" : ", `targets distrust` that of one audience"}.`,
      };
    case "never_sent":
      return {
        message: `${nothing}: it was never sent`,
        remedy: "The next run plans its records anew.",
      };
    case "nothing_open":
      return {
        message: `there is nothing to give up of \`${batchId}\`: Meta has taken or refused everything`,
        remedy: "Refused records are left out until they change; `rejects list` shows them.",
      };
    case "in_part":
      return {
        message: `\`${batchId}\` cannot be given up: Meta has acknowledged or refused some of it`,
        remedy:
          "The next run sends what is not refused again, which changes nothing for people who are there. To leave the others out, take them out of the records.",
      };
    case "is_part":
      return {
        message: `\`${batchId}\` is a part, and the next run plans the whole request`,
        remedy: `Give up \`${batchId.replace(/\/.*/, "")}\`, if Meta has nothing of it yet.`,
      };
    case "mirrored":
      return {
        message: `${nothing}: each run of its sync compares what is wanted with what Meta may have, and sends what is left`,
        remedy:
          "Run the sync again. Records that Meta refused are left out until they change, or until `rejects retry` lets them be sent again.",
      };
    case "under_way":
      return {
        message: `\`${batchId}\` is of a run that has not ended`,
        remedy:
          "Decide about it when that run has ended; if its process is gone, the next run puts it in order.",
      };
  }
}
