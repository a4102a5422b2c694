/** Rows of the log of runs, and what starts and ends one. */
import type { LoggedRun, NewRun, RunEnd } from "../run-log.js";
import { settledOf } from "./batch-conditions.js";
import type { Engine, Row, Statements, Transaction } from "./database.js";
import { dropChanges } from "./members/proven-members.js";
import { number, oneOf, optionalNumber, optionalText, text } from "./read-row.js";
import { forgetOld } from "./sync-rows.js";

/** What a starting run finds in the log. */
export interface NextRun {
  readonly runId: number;
  readonly previousStart: number | undefined;
}

/** The id of the next run, and when the one of its sync before it started. */
export async function nextRun(
  statements: Statements,
  { sync }: Pick<NewRun, "sync">,
): Promise<NextRun> {
  const [found] = await statements.rows(
    `SELECT coalesce(max(run_id), 0) + 1 AS run_id, (
        SELECT r.started_at FROM runs r WHERE r.sync = $sync ORDER BY r.run_id DESC LIMIT 1
      ) AS previous FROM runs`,
    { sync },
  );
  return found === undefined
    ? { runId: 1, previousStart: undefined }
    : { runId: number(found, "run_id"), previousStart: optionalNumber(found, "previous") };
}

/** Ends a run: what of it never left is superseded, and what has settled is folded. */
export async function endRun(
  transaction: Transaction,
  { fold, withRoom }: Pick<Engine, "fold" | "withRoom">,
  end: {
    readonly runId: number;
    readonly status: RunEnd;
    readonly at: number;
    readonly report: string;
  },
): Promise<void> {
  const { runId } = end;
  await transaction.run(
    "UPDATE batches SET state = 'superseded' WHERE state = 'pending' AND run_id = $runId",
    { runId },
  );
  await fold(transaction, settledOf(runId));
  await forgetOld(transaction, end);
  await withRoom(transaction, () => dropChanges(transaction, `run_id = ${String(runId)}`));
  await transaction.run(
    "UPDATE runs SET status = $status, ended_at = $at, report = $report WHERE run_id = $runId",
    end,
  );
}

/** The latest runs, newest first. */
export async function latestRuns(
  statements: Statements,
  limit: number,
): Promise<readonly LoggedRun[]> {
  const newest = "SELECT * FROM runs ORDER BY run_id DESC LIMIT $limit";
  return (await statements.rows(newest, { limit })).map(logged);
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
