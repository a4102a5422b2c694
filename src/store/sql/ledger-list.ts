import { edgeOf } from "../edge-of.js";
import type { LedgerFilter, LoggedBatch } from "../ledger.js";
import type { Statements } from "./database.js";
import { loggedBatch } from "./ledger-rows.js";
import { undelivered } from "./undelivered.js";

/** The batches that fit a filter, newest first. */
export async function listBatches(
  statements: Statements,
  { sync, target, path, runId, states, sent, limit }: LedgerFilter,
  ahead: boolean,
): Promise<readonly LoggedBatch[]> {
  const given = { sync, target, run_id: runId };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const conditions = named.map(([column]) => `${column} = $${column}`);
  if (path !== undefined) conditions.push("right(path, length($edge)) = $edge");
  // States are our own words, so they may stand in the text.
  const within = states?.map((state) => `'${state}'`).join(", ");
  if (within !== undefined) conditions.push(`state IN (${within === "" ? "NULL" : within})`);
  if (sent) conditions.push("first_sent_at IS NOT NULL");
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const rows = await statements.rows(listOf(where, ahead), {
    ...Object.fromEntries(named),
    ...(path === undefined ? {} : { edge: edgeOf(path) }),
    limit,
  });
  return rows.map(loggedBatch);
}

/** Batches with what the last attempt said, and how many of their events are open. */
function listOf(where: string, ahead: boolean): string {
  return `
  WITH listed AS (SELECT * FROM batches ${where} ORDER BY batch_no DESC LIMIT $limit)
  SELECT l.*, coalesce(a.attempts, 0) AS attempts, t.evidence, coalesce(e.open, 0) AS open_events
  FROM listed l
  LEFT JOIN (
    SELECT batch_id, count(*) AS attempts,
      max(attempt) FILTER (WHERE evidence IS NOT NULL) AS answered
    FROM attempts WHERE batch_id IN (SELECT batch_id FROM listed) GROUP BY batch_id
  ) a ON a.batch_id = l.batch_id
  LEFT JOIN attempts t ON t.batch_id = l.batch_id AND t.attempt = a.answered
  LEFT JOIN (
    SELECT batch_id, count(*) AS open
    FROM ${undelivered(ahead)} e
    WHERE confirmed_at IS NULL AND batch_id IN (SELECT batch_id FROM listed)
      AND item_id NOT IN (SELECT item_id FROM rejects WHERE origin <> 'local')
    GROUP BY batch_id
  ) e ON e.batch_id = l.batch_id
  ORDER BY l.batch_no DESC`;
}
