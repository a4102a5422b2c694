import { ok } from "../../core/result.js";
import type { NewRun, RunLog, StartedRun } from "../run-log.js";
import type { Engine, Transaction } from "../sql/database.js";
import { endRun, latestRuns, nextRun } from "../sql/run-rows.js";
import { noteSync, pastOf } from "../sql/sync-rows.js";
import { tidyUp } from "../sql/tidy-up.js";

/** The run that this process works for, if it has started one. */
export interface UnderWay {
  runId: number | undefined;
}

/** The log of runs in DuckDB. No sync is taken: whoever has the file open is alone with it. */
export function duckdbRuns(engine: Engine, underWay: UnderWay): RunLog {
  const { database } = engine;
  return {
    start: async (run) => {
      underWay.runId = undefined;
      const started = await database.alone("start", (transaction) =>
        start(transaction, engine, run),
      );
      underWay.runId = started.runId;
      return ok(started);
    },
    end: async (runId, status, at, report) => {
      await database.alone("fold", (transaction) =>
        endRun(transaction, engine, { runId, status, at, report }),
      );
      if (underWay.runId === runId) underWay.runId = undefined;
    },
    list: (limit) => database.read("list runs", (transaction) => latestRuns(transaction, limit)),
    past: (sync) => database.read("past", (transaction) => pastOf(transaction, sync)),
  };
}

async function start(
  transaction: Transaction,
  engine: Engine,
  { sync, surface, startedAt, holder }: NewRun,
): Promise<StartedRun> {
  await tidyUp(transaction, engine);
  await noteSync(transaction, { sync, startedAt });
  const next = await nextRun(transaction, { sync });
  const { runId } = next;
  await transaction.run(
    "INSERT INTO runs VALUES ($runId, $sync, $surface, $startedAt, $holder, NULL, NULL, NULL)",
    { runId, sync, surface, startedAt, holder },
  );
  return next;
}
