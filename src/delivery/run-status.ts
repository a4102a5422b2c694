import type { RunResult } from "./run-result.js";

/** How a run ended that nobody stopped. Nothing that is open is called a success. */
export function statusOf(result: RunResult): RunResult["status"] {
  const { acknowledged, planned, unknown, failed, notSent, rejected, read } = result.records;
  const broken = result.stopped !== undefined || result.sourceProblem !== undefined;
  const open = unknown + failed + notSent + openRows(result);
  const { mirror, requests } = result;
  const effective =
    mirror === undefined ? acknowledged : requests.acknowledged - mirror.requestsWithoutEffect;
  if (open > 0 || broken) return effective > 0 ? "partially_succeeded" : "failed";
  const refusedAll = read > 0 && rejected === read && result.standingRejections < read;
  if (refusedAll && acknowledged + planned === 0) return "failed";
  return result.unnamedInvalidItems + result.newlyInDoubt > 0 ? "partially_succeeded" : "succeeded";
}

/**
 * What of a mirror is open beside its records: people who were not removed, and requests of a record that
 * is counted as rejected already.
 */
function openRows({ mirror, requests }: RunResult): number {
  return mirror === undefined ? 0 : mirror.openRemovals + requests.unknown + requests.notSent;
}
