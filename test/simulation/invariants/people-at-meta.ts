import type { PersonRecord } from "../records/record.js";
import type { Facts, Invariant } from "./invariant.js";

export const peopleAtMeta: Invariant = {
  number: "end",
  says: "each audience holds whom its records in their order leave in it",
  check: (facts) => (moment) => {
    if (moment.kind !== "finished") return undefined;
    for (const lane of facts.schedule.lanes) {
      const problem = facts.schedule.surface === "events" ? undefined : wrong(lane, facts);
      if (problem !== undefined) return `${lane}: ${problem}`;
    }
    return undefined;
  },
};

function wrong(lane: string, facts: Facts): string | undefined {
  if (facts.knowledge.givenUpUnseen.has(lane)) return undefined;
  const records = facts
    .source()
    .records.filter((record) => record.surface === "custom_audiences")
    .filter((record) => record.lane === lane && isTaken(record, facts));
  const audience = [...facts.meta.audiences.values()].find(({ name }) => name === lane);
  const held = new Set(audience?.membership.held.keys());
  const givenUp = facts.knowledge.givenUp.get(lane) ?? new Set();
  const others = records.filter(
    ({ operation, cells }) => !givenUp.has(`${operation} ${cells.join(" ")}`),
  );
  // What was given up is sent all the same where the records before it have changed.
  const wanted = replayed(records, facts);
  const wantedOfOthers = replayed(others, facts);
  for (const { person, cells } of records)
    for (const cell of cells) {
      const either = [wanted.has(cell), wantedOfOthers.has(cell)];
      if (others.some((one) => one.person === person) && !either.includes(held.has(cell)))
        return `${person} ${held.has(cell) ? "was left behind" : "is missing"} (${cell.slice(0, 14)})`;
    }
  return undefined;
}

/** Whether Meta does what a record says; about others nothing can be told. */
function isTaken({ fate, flaw }: PersonRecord, { source }: Facts): boolean {
  return fate === "sent" && (flaw === undefined || source().corrected);
}

/** The cells that the records leave behind, each applied in its turn. */
function replayed(records: readonly PersonRecord[], { schedule }: Facts): ReadonlySet<string> {
  const wanted = new Map<string, string>();
  for (const { operation, cells, person } of records) {
    if (operation === "upsert") for (const cell of cells) wanted.set(cell, person);
    else if (schedule.matching === "cell") for (const cell of cells) wanted.delete(cell);
    else for (const [cell, owner] of [...wanted]) if (owner === person) wanted.delete(cell);
  }
  return new Set(wanted.keys());
}
