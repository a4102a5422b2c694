/** What a sync has behind it. */
import { forgottenBefore, longestAge } from "../horizon.js";
import type { NewBatch } from "../ledger.js";
import type { NewRun, SyncPast } from "../run-log.js";
import type { Statements } from "./database.js";
import { number, optionalNumber } from "./read-row.js";

/** Notes a sync that runs for the first time. */
export async function noteSync(
  statements: Statements,
  { sync, startedAt }: Pick<NewRun, "sync" | "startedAt">,
): Promise<void> {
  await statements.run(
    `INSERT INTO syncs
      SELECT CAST($sync AS VARCHAR), CAST($startedAt AS BIGINT), CAST(NULL AS BIGINT),
        CAST(NULL AS BIGINT)
      WHERE NOT EXISTS (SELECT 1 FROM syncs WHERE sync = $sync)`,
    { sync, startedAt },
  );
}

/** What a sync has behind it. */
export async function pastOf(statements: Statements, sync: string): Promise<SyncPast | undefined> {
  const [row] = await statements.rows("SELECT first_start, horizon FROM syncs WHERE sync = $sync", {
    sync,
  });
  return row && { firstStart: number(row, "first_start"), horizon: optionalNumber(row, "horizon") };
}

/** Notes how old the events of a sync may be. */
export async function noteAges(
  statements: Statements,
  { runId, items }: Pick<NewBatch, "runId" | "items">,
): Promise<void> {
  const age = longestAge(items);
  if (age === undefined) return;
  await statements.run(
    `UPDATE syncs SET longest_age_ms = $age
      WHERE sync = (SELECT r.sync FROM runs r WHERE r.run_id = $runId)
        AND ($age > longest_age_ms OR longest_age_ms IS NULL)`,
    { runId, age },
  );
}

/** Forgets what the sync of a run delivered so long ago that it cannot be sent any more. */
export async function forgetOld(
  statements: Statements,
  { runId, at }: { readonly runId: number; readonly at: number },
): Promise<void> {
  const [row] = await statements.rows(
    "SELECT longest_age_ms FROM syncs WHERE sync = (SELECT r.sync FROM runs r WHERE r.run_id = $runId)",
    { runId },
  );
  const age = row && optionalNumber(row, "longest_age_ms");
  if (age === undefined) return;
  const before = forgottenBefore(at, age);
  // Whole seconds, so that an index on the times can be used.
  const old = { runId, before, happenedBefore: Math.ceil(before / 1_000) };
  await statements.run(MOVE_HORIZON, old);
  await statements.run(`DELETE FROM events WHERE ${OLD}`, old);
}

/** Only what is delivered: what Meta never answered, somebody may have to decide on. */
const OLD = `
  events.sync = (SELECT r.sync FROM runs r WHERE r.run_id = $runId)
  AND confirmed_at < $before AND event_time < $happenedBefore`;

const MOVE_HORIZON = `
  UPDATE syncs SET horizon = greatest(horizon, forgotten.newest)
  FROM (SELECT max(event_time) AS newest FROM events WHERE ${OLD}) forgotten
  WHERE forgotten.newest IS NOT NULL
    AND sync = (SELECT r.sync FROM runs r WHERE r.run_id = $runId)`;
