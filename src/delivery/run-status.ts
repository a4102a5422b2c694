import type { RunResult } from "./run-result.js";

/** How a run ended that nobody stopped. Nothing that is open is called a success. */
export function statusOf(result: RunResult): RunResult["status"] {
  const { acknowledged, planned, unknown, failed, notSent, rejected, read } = result.records;
  const broken = result.stopped !== undefined || result.sourceProblem !== undefined;
  const open = unknown + failed + notSent + openOf(result);
  const { mirror, requests } = result;
  const effective =
    mirror === undefined ? acknowledged : requests.acknowledged - mirror.requestsWithoutEffect;
  if (open > 0 || broken) return effective > 0 ? "partially_succeeded" : "failed";
  const refusedAll = read > 0 && rejected === read && result.standingRejections < read;
  if (refusedAll && acknowledged + planned === 0) return "failed";
  return result.unnamedInvalidItems + result.newlyInDoubt > 0 ? "partially_succeeded" : "succeeded";
}

/** What is open in a mirror, whatever its records are counted as: rows, and audiences not looked into. */
function openOf({ mirror }: RunResult): number {
  if (mirror === undefined) return 0;
  return mirror.openRemovals + mirror.openAdditions + mirror.unreached.length;
}
