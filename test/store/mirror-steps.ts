/** What twins do that mirror people. */
import type { LedgerOperation, LedgerState, SettledState } from "../../src/store/ledger.js";
import type { Change, Comparison, PlaceRange, WantedMember } from "../../src/store/members.js";

/** What a run looks at that mirrors people. */
export interface Mirror extends Omit<Comparison, "sync"> {
  readonly wanted: readonly WantedMember[];
  /** Whether it only looks; a run begins once. */
  readonly dry: boolean;
  /** How many of the targets are begun. */
  readonly begins: number;
}

/** A request of a mirror, and how it ends. */
export interface MirrorRequest {
  /** Which of the changes it sends, from where on and how many. */
  readonly changes: readonly (readonly [from: number, more: number])[];
  readonly operation: Exclude<LedgerOperation, "remove" | "import">;
  readonly part: boolean;
  readonly state: SettledState | Extract<LedgerState, "pending" | "sending">;
  readonly refused: readonly number[];
}

/** How the request of one operation ends. */
export interface Sends extends Pick<MirrorRequest, "state" | "refused"> {
  readonly operation: Change["operation"];
}

/** Places that are there, from one on. */
export function rangeWithin(count: number, from: number, more: number): PlaceRange {
  const first = from % count;
  return { first, last: Math.min(first + more, count - 1) };
}
