import type { RunResult } from "../../../src/delivery/run-result.js";
import type { BatchRow, MemoryTables } from "../../../src/store/memory/tables.js";

/** What Meta has answered, whatever it says. */
const ANSWERED: ReadonlySet<BatchRow["state"]> = new Set([
  "succeeded",
  "partially_succeeded",
  "rejected",
  "split",
]);

/** Whether nothing of a batch is open. */
export function isAnswered({ state }: BatchRow): boolean {
  return ANSWERED.has(state);
}

/** Whether the run that has just ended left nothing that a second one would send; by the ledger. */
export function isClean(
  { records, stopped, sourceProblem, mirror }: RunResult,
  { batches, runs }: MemoryTables,
): boolean {
  const ofRun = [...batches.values()].filter(({ runId }) => runId === runs.length);
  return (
    ofRun.every((batch) => isAnswered(batch) && batch.refused === 0) &&
    records.notSent + records.unknown + records.failed === 0 &&
    stopped === undefined &&
    sourceProblem === undefined &&
    mirror?.unreached.length === 0 &&
    mirror.audiences.every(({ guarded, replace }) => guarded === undefined && replace !== "broken")
  );
}
