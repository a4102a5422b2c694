import { eventKeys } from "../knowledge.js";
import type { SentBatch } from "../moments.js";
import type { ScheduleFacts, Invariant } from "./invariant.js";

const HOUR = 3_600_000;

/** For how long after its first sending an event is sent again without an answer: §7 of delivery.md. */
function repeatSafeMs(actionSource: string): number {
  if (actionSource === "business_messaging") return 0;
  return actionSource === "physical_store" ? 6 * 24 * HOUR : 46 * HOUR;
}

export const noNeedlessRepeat: Invariant<ScheduleFacts> = {
  number: "8",
  says: "no delivered event is sent again, and no unanswered one after the time in which Meta drops repeats",
  check: (facts) => (moment) =>
    moment.kind === "left" && moment.exchange.sent !== undefined
      ? repeated(moment.exchange.sent, facts)
      : undefined,
};

function repeated(sent: SentBatch, facts: ScheduleFacts): string | undefined {
  const { knowledge, now, schedule } = facts;
  if (sent.request.kind !== "events") return undefined;
  for (const [place, key] of eventKeys(sent).entries()) {
    if (knowledge.events.get(key)?.delivered === true && !knowledge.resends)
      return `${key} was delivered, and left again`;
    const safe = repeatSafeMs(sent.request.items[place]?.actionSource ?? "");
    const isLate = (since: number | undefined) => since !== undefined && now() > since + safe;
    // With `resend` only what this run itself began counts: the rest is sent at the user's risk.
    const life = knowledge.resends || schedule.onDoubt === "resend" ? knowledge.life : 1;
    if (isLate(knowledge.mayBeThereSince(key, life)))
      return `${key} may be at Meta since ${String(knowledge.mayBeThereSince(key))}, and left again too late`;
  }
  return undefined;
}
