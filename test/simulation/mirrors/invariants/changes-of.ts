import {
  keyOf,
  type BatchRow,
  type ChangeRow,
  type MemoryTables,
} from "../../../../src/store/memory/tables.js";

/** What a batch, or the one that it is a part of, changes. */
export function changesOf(
  { runId, changes: ranges }: BatchRow,
  { changes }: MemoryTables,
): readonly ChangeRow[] {
  return ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, offset) =>
      changes.get(keyOf(String(runId), String(first + offset))),
    ).filter((change) => change !== undefined),
  );
}
