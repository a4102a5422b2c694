import { foldBatches } from "../../../src/store/memory/fold.js";
import type { MemoryTables } from "../../../src/store/memory/tables.js";
import type { Invariant } from "./invariant.js";

export const foldTwice: Invariant = {
  number: "13",
  says: "folding a second time changes nothing",
  check:
    ({ tables }) =>
    (moment) => {
      if (moment.kind !== "run_started" && moment.kind !== "run_ended") return undefined;
      const before = rowsOf(tables);
      foldBatches(tables);
      const after = rowsOf(tables);
      const same =
        after.length === before.length && after.every((row, place) => row === before[place]);
      return same ? undefined : "folding a second time changed the store";
    },
};

/** A fold replaces the rows that it changes. */
function rowsOf({ events, members, batches }: MemoryTables): readonly unknown[] {
  return [
    ...events.values(),
    ...members.values(),
    ...Array.from(batches.values()).flatMap(({ items, folded }) => [items, folded]),
  ];
}
