/** Which batches a fold takes: conditions on the table `batches`. Ids of runs are our own numbers. */

/** Meta has them, whole or in part. */
export const DELIVERED = "'succeeded', 'partially_succeeded'";

/** States that no later attempt changes. */
const FINAL = `${DELIVERED}, 'rejected', 'split', 'skipped', 'superseded'`;

const SETTLED = "NOT folded AND state NOT IN ('pending', 'sending')";

/** All of a run that have settled. */
export function settledOf(runId: number): string {
  return `${SETTLED} AND run_id = ${String(runId)}`;
}

/** Those of a run that no attempt changes any more. */
export function finalOf(runId: number): string {
  return `NOT folded AND state IN (${FINAL}) AND run_id = ${String(runId)}`;
}

/** Those of runs that do not go on. */
export function leftBehind(live: readonly number[]): string {
  return `${SETTLED} AND ${endedRuns(live)}`;
}

/** Rows of runs that do not go on. */
export function endedRuns(live: readonly number[]): string {
  return live.length === 0 ? "true" : `run_id NOT IN (${live.map(String).join(", ")})`;
}
