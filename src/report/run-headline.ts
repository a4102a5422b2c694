/** The first line of a run's report: what became of its requests. */
import type { RunResult, RunStatus } from "../delivery/run-result.js";
import { mirrorHeadline } from "./mirror-headline.js";
import { counted, figure } from "./table.js";

/** Parts count as requests, in place of those that were split into them. */
export function runHeadline(result: RunResult): string {
  const { surface, dryRun, requests, status } = result;
  const ofMirror = mirrorHeadline(result);
  if (ofMirror !== undefined) return ofMirror;
  if (dryRun && result.sourceProblem !== undefined)
    return `${surface}: the plan broke off with its source, after ${counted(requests.planned, "request")}`;
  const wanted = requests.planned - requests.split;
  if (dryRun)
    return `${surface}: plan of ${counted(wanted, "request")}; nothing was sent${others(result, wanted)}`;
  if (wanted === 0 && NOTHING_FAILED.has(status))
    return `${surface}: nothing to send${whyNothing(result)}`;
  return `${surface}: delivery ${STATUS[status]}; Meta acknowledged ${figure(requests.acknowledged)} of ${counted(wanted, "request")}${parts(result)}${others(result, wanted)}`;
}

/** Without a request, a run succeeds in part when events are newly in doubt. */
const NOTHING_FAILED: ReadonlySet<RunStatus> = new Set(["succeeded", "partially_succeeded"]);

const STATUS: Readonly<Record<RunStatus, string>> = {
  succeeded: "succeeded",
  partially_succeeded: "succeeded in part",
  failed: "FAILED",
  blocked: "BLOCKED",
  interrupted: "INTERRUPTED",
};

function parts({ requests }: RunResult): string {
  return requests.split === 0
    ? ""
    : `, counting the parts of ${figure(requests.split)} that ${were(requests.split)} split`;
}

function others(result: RunResult, wanted: number): string {
  const { carried } = result.requests;
  if (carried === 0) return "";
  const which = wanted === 0 ? counted(carried, "request") : `${figure(carried)} more`;
  return `; ${which} ${were(carried)} ${settledEarlier(result)}`;
}

function whyNothing(result: RunResult): string {
  const { requests, records } = result;
  const { carried } = requests;
  if (carried === 1) return `: the one request was ${settledEarlier(result)}`;
  if (carried > 1) return `: all ${figure(carried)} requests were ${settledEarlier(result)}`;
  return records.delivered > 0 ? "; what was acknowledged before is not sent again" : "";
}

function settledEarlier({ records }: RunResult): string {
  return records.skipped === 0
    ? "acknowledged by an earlier run"
    : "acknowledged by an earlier run or given up by an operator";
}

function were(count: number): string {
  return count === 1 ? "was" : "were";
}
