import type { LoggedRun, NewRun, RunEnd, RunLog, StartedRun } from "../run-log.js";
import type { Database, Row, Transaction } from "./database.js";
import { foldBatches } from "./fold.js";
import { number, oneOf, optionalNumber, optionalText, text } from "./read-row.js";
import { tidyUp, type UnderWay } from "./tidy-up.js";

/** The log of runs in DuckDB. */
export function duckdbRuns(database: Database, underWay: UnderWay): RunLog {
  return {
    start: async (run) => {
      const started = await database.transaction("start", (transaction) => start(transaction, run));
      underWay.runId = started.runId;
      return started;
    },
    end: async (runId, status, at, report) => {
      await database.transaction("fold", async (transaction) => {
        await transaction.run("UPDATE batches SET state = 'superseded' WHERE state = 'pending'");
        await foldBatches(transaction, "settled");
        await transaction.run(
          "UPDATE runs SET status = $status, ended_at = $at, report = $report WHERE run_id = $runId",
          { runId, status, at, report },
        );
      });
      if (underWay.runId === runId) underWay.runId = undefined;
    },
    list: (limit) =>
      database.transaction("list runs", async (transaction) => {
        const newest = "SELECT * FROM runs ORDER BY run_id DESC LIMIT $limit";
        const rows = await transaction.rows(newest, { limit });
        return rows.map(logged);
      }),
  };
}

async function start(
  transaction: Transaction,
  { sync, surface, startedAt, holder }: NewRun,
): Promise<StartedRun> {
  await tidyUp(transaction);
  const [found] = await transaction.rows(
    `SELECT coalesce(max(run_id), 0) + 1 AS run_id,
      arg_max(started_at, run_id) FILTER (WHERE sync = $sync) AS previous FROM runs`,
    { sync },
  );
  const runId = found === undefined ? 1 : number(found, "run_id");
  await transaction.run(
    "INSERT INTO runs VALUES ($runId, $sync, $surface, $startedAt, $holder, NULL, NULL, NULL)",
    { runId, sync, surface, startedAt, holder },
  );
  return { runId, previousStart: found && optionalNumber(found, "previous") };
}

const ENDS: readonly RunEnd[] = [
  "succeeded",
  "partially_succeeded",
  "failed",
  "blocked",
  "interrupted",
  "unfinished",
];

function logged(row: Row): LoggedRun {
  return {
    runId: number(row, "run_id"),
    sync: text(row, "sync"),
    surface: oneOf(row, "surface", ["custom_audiences", "events"]),
    startedAt: number(row, "started_at"),
    holder: text(row, "holder"),
    endedAt: optionalNumber(row, "ended_at"),
    status: optionalText(row, "status") === undefined ? undefined : oneOf(row, "status", ENDS),
    report: optionalText(row, "report"),
  };
}
