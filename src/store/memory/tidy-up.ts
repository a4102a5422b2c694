import { foldBatches } from "./fold.js";
import type { MemoryTables } from "./tables.js";

/**
 * Puts in order what runs left behind whose process has ended.
 *
 * @param underWay the run that goes on, if one does
 */
export function tidyUp(tables: MemoryTables, underWay?: number): void {
  const ended = ({ runId }: { readonly runId: number }) => runId !== underWay;
  for (const batch of tables.batches.values()) {
    if (!ended(batch)) continue;
    if (batch.state === "sending") batch.state = "unknown";
    if (batch.state === "pending") batch.state = "superseded";
  }
  foldBatches(tables, ended);
  for (const [index, run] of tables.runs.entries())
    if (run.status === undefined && ended(run))
      tables.runs[index] = { ...run, status: "unfinished" };
}
