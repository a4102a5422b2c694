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

/** The same without those that a replace makes by leaving somebody out. */
export function sentChangesOf(batch: BatchRow, tables: MemoryTables): readonly ChangeRow[] {
  const changes = changesOf(batch, tables);
  return batch.operation === "remove"
    ? changes
    : changes.filter(({ operation }) => operation === "upsert");
}
