/** Which of the pixels that may have an event is told. */
import type { EventStanding } from "./event-states.js";
import { compareTexts } from "./text-order.js";

/** How an event stands at another pixel than its own. */
export type ElsewhereStanding = Extract<
  EventStanding,
  { readonly kind: "delivered_elsewhere" | "unanswered_elsewhere" }
>;

/** What is certain counts before what is not; of two alike the pixel whose id comes first. */
export function firstElsewhere(
  one: ElsewhereStanding | undefined,
  other: ElsewhereStanding,
): ElsewhereStanding {
  return one === undefined || compareTexts(order(one), order(other)) > 0 ? other : one;
}

/** The names of the kinds are in that order. */
function order({ kind, pixelId }: ElsewhereStanding): readonly string[] {
  return [kind, pixelId];
}
