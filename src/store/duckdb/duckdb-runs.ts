import type { LoggedRun, RunEnd, RunLog } from "../run-log.js";
import type { Database, Row, Transaction } from "./database.js";
import { foldBatches } from "./fold.js";
import { number, oneOf, optionalNumber, optionalText, text } from "./read-row.js";

/** The log of runs in DuckDB. */
export function duckdbRuns(database: Database): RunLog {
  return {
    start: (run) =>
      database.transaction("start", async (transaction) => {
        await tidyUp(transaction);
        const [found] = await transaction.rows(
          `SELECT coalesce(max(run_id), 0) AS last,
            arg_max(started_at, run_id) FILTER (sync = $sync) AS previous FROM runs`,
          { sync: run.sync },
        );
        const runId = (found === undefined ? 0 : number(found, "last")) + 1;
        await transaction.run(
          `INSERT INTO runs VALUES ($runId, $sync, $surface, $startedAt, $holder, NULL, NULL, NULL)`,
          { ...run, runId, startedAt: BigInt(run.startedAt) },
        );
        await transaction.run("DELETE FROM seen");
        return { runId, previousStart: found && optionalNumber(found, "previous") };
      }),
    end: (runId, status, at, report) =>
      database.transaction("fold", async (transaction) => {
        await supersedePending(transaction);
        await foldBatches(transaction, "settled");
        await transaction.run(
          "UPDATE runs SET status = $status, ended_at = $at, report = $report WHERE run_id = $runId",
          { runId, status, at: BigInt(at), report },
        );
      }),
    list: (limit) =>
      database.transaction("list runs", async (transaction) => {
        const rows = await transaction.rows(
          "SELECT * FROM runs ORDER BY run_id DESC LIMIT $limit",
          {
            limit,
          },
        );
        return rows.map(logged);
      }),
  };
}

/** What a process that ended in the middle of its run left behind. */
async function tidyUp(transaction: Transaction): Promise<void> {
  await transaction.run("UPDATE batches SET state = 'unknown' WHERE state = 'sending'");
  await supersedePending(transaction);
  await foldBatches(transaction, "settled");
  await transaction.run("UPDATE runs SET status = 'unfinished' WHERE status IS NULL");
}

async function supersedePending(transaction: Transaction): Promise<void> {
  await transaction.run("UPDATE batches SET state = 'superseded' WHERE state = 'pending'");
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
