import { dropChanges } from "./fold-members.js";
import { foldBatches } from "./fold.js";
import { liveRuns } from "./leases.js";
import type { MemoryTables } from "./tables.js";

/** Puts in order what runs left behind that do not go on. */
export function tidyUp(tables: MemoryTables): void {
  const live = liveRuns(tables);
  const ended = ({ runId }: { readonly runId: number }) => !live.has(runId);
  for (const batch of tables.batches.values()) {
    if (!ended(batch)) continue;
    if (batch.state === "sending") batch.state = "unknown";
    if (batch.state === "pending") batch.state = "superseded";
  }
  foldBatches(tables, ended);
  dropChanges(tables, ended);
  for (const [index, run] of tables.runs.entries())
    if (run.status === undefined && ended(run))
      tables.runs[index] = { ...run, status: "unfinished" };
}
