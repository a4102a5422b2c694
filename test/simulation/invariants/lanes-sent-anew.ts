import type { BatchRow, MemoryTables } from "../../../src/store/memory/tables.js";

/**
 * The lanes, by path, that a run sends from their beginning, whatever was acknowledged. Of audiences
 * that is so when the lane was completed, with additions and removals: to pass over an addition that a
 * later removal undid would lose a person, if the removal is not among the records any more. And it is
 * so when its first request does not count, whatever came of the others.
 */
export function lanesSentAnew({ batches }: MemoryTables): ReadonlySet<string> {
  const rows = [...batches.values()].filter(({ surface }) => surface === "custom_audiences");
  const paths = new Set(rows.map(({ path }) => path));
  return new Set([...paths].filter((path) => isSentAnew(rows.filter((row) => row.path === path))));
}

function isSentAnew(rows: readonly BatchRow[]): boolean {
  const own = rows.filter(({ attempts, state }) => attempts.length > 0 || state === "failed");
  const latest = Math.max(0, ...own.map(({ runId }) => runId));
  const ofRun = rows.filter(({ runId }) => runId === latest);
  const planned = ofRun.filter(({ parent }) => parent === undefined);
  const mixed = new Set(planned.map(({ operation }) => operation)).size > 1;
  const first = planned.find(({ position }) => position === 0);
  if (first === undefined || !isDone(first, ofRun)) return true;
  return mixed && planned.every((row) => isDone(row, ofRun));
}

const DONE: ReadonlySet<BatchRow["state"]> = new Set([
  "succeeded",
  "partially_succeeded",
  "rejected",
  "skipped",
]);

/** Of one that was taken apart the parts count. */
function isDone({ state, batchId, itemCount }: BatchRow, rows: readonly BatchRow[]): boolean {
  if (state !== "split") return DONE.has(state);
  const items = rows
    .filter((row) => row.parent === batchId && DONE.has(row.state))
    .reduce((sum, row) => sum + row.itemCount, 0);
  return items === itemCount;
}
