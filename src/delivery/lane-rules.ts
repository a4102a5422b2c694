/** What a lane makes of how a request ended. */
import type { Outcome } from "../core/outcome.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { SettledState } from "../store/ledger.js";
import type { Entry } from "../surfaces/entry.js";
import type { Unit } from "./unit.js";

/**
 * Whether what came of a request keeps the rest of its lane from being sent: where nobody could be
 * reached, or a wait was stated each time, the next one fares no better; and what follows an unconfirmed
 * operation on an audience may undo or be undone by it.
 */
export function holdsTheRest(
  surface: RequestPlan["surface"],
  state: SettledState,
  outcome: Outcome,
): boolean {
  const gaveUp = state === "failed" && outcome.kind === "retryable";
  return gaveUp || (surface === "custom_audiences" && !RESOLVED.has(state));
}

/** Meta has what was sent. */
export const TAKEN: ReadonlySet<string> = new Set(["succeeded", "partially_succeeded"]);

/** Nothing of these is open any more. */
export const RESOLVED: ReadonlySet<string> = new Set([
  "succeeded",
  "partially_succeeded",
  "rejected",
]);

/** The entries that Meta named by the position of their item. */
export function blamedEntries(
  { request, entries }: Unit,
  { blame }: Extract<Outcome, { kind: "rejected" }>,
): readonly Entry[] {
  if (blame.kind === "all") return [];
  const named = new Set(blame.positions);
  let first = 0;
  return entries.filter((_, index) => {
    const items = request.itemCounts[index] ?? 0;
    const start = first;
    first += items;
    return Array.from({ length: items }, (__, offset) => start + offset).some((at) =>
      named.has(at),
    );
  });
}

/** Who is open by a request that is not sent: of a preliminary one the next round decides. */
export function openOf(
  { isPreliminary = false, recordIdentities }: RequestPlan,
  entries?: readonly Entry[],
): readonly string[] {
  if (isPreliminary) return [];
  return entries?.map(({ identity }) => identity) ?? recordIdentities;
}
