import type { LoggedRun, RunLog } from "../run-log.js";
import { foldBatches } from "./fold.js";
import type { MemoryTables, UnderWay } from "./tables.js";
import { tidyUp } from "./tidy-up.js";

/** The log of runs in memory. */
export function memoryRuns(tables: MemoryTables, underWay: UnderWay): RunLog {
  return {
    start: (run) => {
      tidyUp(tables);
      const { runs } = tables;
      const runId = runs.length + 1;
      const previousStart = runs.findLast(({ sync }) => sync === run.sync)?.startedAt;
      runs.push({ ...run, runId, endedAt: undefined, status: undefined, report: undefined });
      tables.seen = { runId, events: new Map() };
      underWay.runId = runId;
      return Promise.resolve({ runId, previousStart });
    },
    end: (runId, status, at, report) => {
      for (const batch of tables.batches.values())
        if (batch.state === "pending") batch.state = "superseded";
      foldBatches(tables);
      change(tables, runId, { status, endedAt: at, report });
      if (underWay.runId === runId) underWay.runId = undefined;
      return Promise.resolve();
    },
    list: (limit) => Promise.resolve(tables.runs.toReversed().slice(0, limit)),
  };
}

function change({ runs }: MemoryTables, runId: number, what: Partial<LoggedRun>): void {
  const run = runs[runId - 1];
  if (run !== undefined) runs[runId - 1] = { ...run, ...what };
}
