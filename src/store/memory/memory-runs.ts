import { fail, ok } from "../../core/result.js";
import type { LoggedRun, RunLog, SyncPast } from "../run-log.js";
import { dropChanges } from "./fold-members.js";
import { foldBatches } from "./fold.js";
import { forgetOld } from "./horizon.js";
import { release } from "./leases.js";
import type { MemoryTables, SyncRow, UnderWay } from "./tables.js";
import { tidyUp } from "./tidy-up.js";

/** The log of runs in memory. */
export function memoryRuns(tables: MemoryTables, underWay: UnderWay): RunLog {
  const { runs, leases, syncs } = tables;
  return {
    start: (run) => {
      const { sync, holder } = run;
      release(tables, underWay);
      const taken = leases.get(sync);
      if (taken?.heldBy !== undefined) return Promise.resolve(fail({ holder: taken.holder }));
      tidyUp(tables);
      const runId = runs.length + 1;
      const previousStart = runs.findLast((one) => one.sync === sync)?.startedAt;
      runs.push({ ...run, runId, endedAt: undefined, status: undefined, report: undefined });
      if (!syncs.has(sync)) syncs.set(sync, newSync(run.startedAt));
      leases.set(sync, { runId, holder, heldBy: underWay });
      underWay.run = { runId, sync };
      return Promise.resolve(ok({ runId, previousStart }));
    },
    end: (runId, status, at, report) => {
      const ofRun = (batch: { readonly runId: number }) => batch.runId === runId;
      for (const batch of tables.batches.values())
        if (ofRun(batch) && batch.state === "pending") batch.state = "superseded";
      foldBatches(tables, ofRun);
      const sync = runs[runId - 1]?.sync;
      if (sync !== undefined) forgetOld(tables, sync, at);
      dropChanges(tables, ofRun);
      change(tables, runId, { status, endedAt: at, report });
      if (underWay.run?.runId === runId) {
        release(tables, underWay);
        underWay.run = undefined;
      }
      return Promise.resolve();
    },
    past: (sync) => Promise.resolve(pastOf(syncs.get(sync))),
    list: (limit) => Promise.resolve(runs.toReversed().slice(0, limit)),
  };
}

function newSync(firstStart: number): SyncRow {
  return { firstStart, longestAgeMs: undefined, horizon: undefined };
}

function pastOf(row: SyncRow | undefined): SyncPast | undefined {
  return row && { firstStart: row.firstStart, horizon: row.horizon };
}

function change({ runs }: MemoryTables, runId: number, what: Partial<LoggedRun>): void {
  const run = runs[runId - 1];
  if (run !== undefined) runs[runId - 1] = { ...run, ...what };
}
