import { keyOf, type EventRow } from "../../../src/store/memory/tables.js";
import type { EventFacts } from "../knowledge.js";
import type { Facts, Invariant } from "./invariant.js";
import { mayBeForgotten } from "./may-be-forgotten.js";

export const unansweredIsKept: Invariant = {
  number: "4",
  says: "what may be at Meta is held as unanswered, with its first sending, until it is known",
  check: (facts) => (moment) =>
    moment.kind === "run_started" || moment.kind === "run_ended" ? forgotten(facts) : undefined,
};

function forgotten({ tables, knowledge, now }: Facts): string | undefined {
  const rows = new Map<string, EventRow>();
  for (const row of tables.events.values()) rows.set(keyOf(row.pixelId, row.identity), row);
  for (const [key, facts] of knowledge.events) {
    const [pixelId = "", name, identity = ""] = key.split(" ");
    const row = rows.get(keyOf(pixelId, identity));
    const { delivered, sends } = facts;
    if (row === undefined && delivered && mayBeForgotten(key, sends.at(-1), { now, tables }))
      continue;
    const problem = lost(facts, row, knowledge.mayBeThereSince(key));
    if (problem !== undefined) return `${identity} (${name ?? ""}) ${problem}`;
  }
  return undefined;
}

function lost(
  { delivered }: EventFacts,
  row: EventRow | undefined,
  since: number | undefined,
): string | undefined {
  if (delivered !== (row?.confirmedAt !== undefined))
    return delivered ? "was delivered, and the store forgot" : "counts as delivered, and is not";
  if (delivered || since === undefined) return undefined;
  if (row?.firstSentAt === undefined) return "may be at Meta, and the store does not know";
  return row.firstSentAt <= since
    ? undefined
    : `was first sent at ${String(since)}, and the store says ${String(row.firstSentAt)}`;
}
