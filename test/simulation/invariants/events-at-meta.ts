import { keyOf } from "../../../src/store/memory/tables.js";
import { lastSendingSeconds } from "../../../src/surfaces/event-age.js";
import type { EventRecord } from "../records/record.js";
import type { ScheduleFacts, Invariant } from "./invariant.js";

export const eventsAtMeta: Invariant<ScheduleFacts> = {
  number: "end",
  says: "every event that can be is at Meta exactly once",
  check: (facts) => (moment) => {
    if (moment.kind !== "finished") return undefined;
    for (const record of facts.source().records) {
      const problem = record.surface === "events" ? wrong(record, facts) : undefined;
      if (problem !== undefined) return `${record.identity} ${problem}`;
    }
    return undefined;
  },
};

function wrong(record: EventRecord, facts: ScheduleFacts): string | undefined {
  const { meta, schedule, knowledge } = facts;
  const counted = meta.pixel(record.lane).counted.get(`${record.name} ${record.identity}`) ?? 0;
  const known = knowledge.events.get(`${record.lane} ${record.name} ${record.identity}`);
  if (known?.released === true) return undefined;
  if (counted > 1 && known?.mayCountTwice !== true && schedule.onDoubt === "hold")
    return `counts ${String(counted)} times`;
  if (counted > 0 || record.fate !== "sent") return undefined;
  if (record.flaw !== undefined && !facts.source().corrected) return undefined;
  return isGivenUp(record, facts) || mayBeMissing(record, facts)
    ? undefined
    : "is missing, and nothing speaks against it";
}

/** An operator's word stands, also on a batch that was marked as being sent and never left. */
function isGivenUp({ lane, identity }: EventRecord, { tables }: ScheduleFacts): boolean {
  return [...tables.rejects.values()].some(
    (row) => row.origin === "operator" && keyOf(row.scope, row.identity) === keyOf(lane, identity),
  );
}

/** Too old to be sent, or sent so long ago that it is in doubt. */
function mayBeMissing(
  { lane, identity, time, actionSource }: EventRecord,
  facts: ScheduleFacts,
): boolean {
  const { now, tables, schedule } = facts;
  const event = { event_time: time, action_source: actionSource };
  const last = lastSendingSeconds(event, schedule.maxAgeSeconds);
  if (now() / 1000 > last) return true;
  const rows = [...tables.events.values()].filter(
    (row) => keyOf(row.pixelId, row.identity) === keyOf(lane, identity),
  );
  return rows.some(
    ({ firstSentAt, repeatSafeUntil, confirmedAt }) =>
      confirmedAt === undefined && firstSentAt !== undefined && now() > repeatSafeUntil,
  );
}
