/** The first line of a mirror's report, where it has something of its own to say. */
import type { RunResult, RunStatus } from "../delivery/run-result.js";
import { counted } from "./table.js";

/** What became of a run that compared its source with what Meta has, if that needs no requests to tell. */
export function mirrorHeadline(result: RunResult): string | undefined {
  const { surface, requests, records, mirror, sourceProblem, status } = result;
  if (mirror === undefined || requests.planned > 0) return undefined;
  if (sourceProblem !== undefined)
    return `${surface}: nothing was sent: the source is compared as a whole, and something is wrong with it`;
  const guarded = mirror.audiences.filter((audience) => audience.guarded !== undefined).length;
  if (guarded > 0)
    return `${surface}: nothing was sent: the removal guard stopped ${counted(guarded, "audience")}`;
  const untouched = new Set(result.failures.map(({ target }) => target)).size;
  if (untouched > 0 && OPEN.has(status))
    return `${surface}: nothing was sent: ${counted(untouched, "audience")} could not be changed`;
  if (status !== "succeeded" || records.planned > 0) return undefined;
  const refused = mirror.audiences.reduce(
    (sum, { rows }) => sum + rows.refusedRemovals + rows.refusedAdditions,
    0,
  );
  if (refused > 0)
    return `${surface}: nothing to send: Meta refused ${counted(refused, "change")} before; \`rejects list\` says why, \`rejects retry\` sends them again`;
  return mirror.mode !== "add"
    ? `${surface}: nothing to send: every audience is as its source wants it`
    : `${surface}: nothing to send: everybody whom the source wants is there`;
}

/** Nothing stopped the run itself. */
const OPEN: ReadonlySet<RunStatus> = new Set(["failed", "partially_succeeded"]);
