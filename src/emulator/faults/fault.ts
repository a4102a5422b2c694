import type { Random, Sleep } from "../../core/ports.js";

/**
 * What can be made to go wrong.
 *
 * @example
 * const hostile = await startEmulator({ faults: { throttle: 1 } });
 * const response = await fetch(`${hostile.url}/${API_VERSION}/me/permissions?access_token=any`);
 * console.log(response.ok, FAULT_KINDS.includes("throttle")); // => false, true
 * await hostile.stop();
 */
export const FAULT_KINDS = [
  "5xx",
  "reset",
  "hang",
  "html",
  "throttle",
  "transient",
  "slow",
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The share of requests, 0 to 1, that a kind of fault strikes; together 1 at most. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

/** True for shares that are none of them negative, and 1 at most together. */
export function areRates(rates: FaultRates): boolean {
  const given = FAULT_KINDS.map((kind) => rates[kind] ?? 0);
  const sum = given.reduce((total, rate) => total + rate, 0);
  // The sum of decimal shares can come out a little above 1 in binary.
  return given.every((rate) => rate >= 0) && sum <= 1 + 1e-9;
}

/** What comes back to a request: an answer, a cut connection, or nothing ever. */
export type Reply =
  | { readonly kind: "answer"; readonly response: Response }
  | { readonly kind: "cut" }
  | { readonly kind: "silence" };

/** A request that is to go wrong. */
export interface Struck {
  /** Does what the request asks for, and gives the answer of a good day. */
  readonly carryOut: () => Response;
  /** Meta's answer to a request above a limit; nothing is carried out. */
  readonly throttled: () => Response;
  /** Meta's answer with an error of its own, `code` and `is_transient` as given. */
  readonly troubled: (status: number, code: number, transient: boolean) => Response;
  readonly chance: Random;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

/** One kind of fault. */
export type Fault = (struck: Struck) => Reply | Promise<Reply>;
