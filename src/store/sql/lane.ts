/** What the latest run of a lane left, as a later one finds it. */
import type { LanePosition } from "../ledger.js";
import { DELIVERED } from "./batch-conditions.js";
import type { Row, Statements } from "./database.js";
import { flag, number, oneOf, optionalNumber, text } from "./read-row.js";

/** A lane, as a run looks back at it. */
interface LaneQuestion {
  readonly sync: string;
  readonly target: string;
  readonly runId: number;
}

/** The planned batches of the latest run before this one that did something of its own. */
export async function latestLane(
  statements: Statements,
  { sync, target, runId }: LaneQuestion,
): Promise<readonly LanePosition[]> {
  const rows = await statements.rows(LANE, { sync, target, runId });
  return rows.map(lanePosition);
}

/** How a batch stands that the ledger has. */
export async function standingOf(
  statements: Statements,
  batchId: string,
): Promise<LanePosition["standing"]> {
  const [row] = await statements.rows(
    `${standings("batch_id = $batchId OR parent = $batchId")} WHERE b.batch_id = $batchId`,
    { batchId },
  );
  if (row === undefined) throw new RangeError(`the ledger has no batch ${batchId}`);
  return standingIn(row);
}

/**
 * How each of some batches stands, given with their parts, as the table `b`. A split one stands as its
 * parts do, once they have all its rows.
 */
function standings(batches: string): string {
  return `
  WITH alone AS (
    SELECT *, state IN (${DELIVERED}) AS delivered,
      CASE
        WHEN state = 'skipped' THEN 'skipped'
        WHEN state = 'rejected' OR state IN (${DELIVERED}) AND refused > 0 THEN 'refused'
        WHEN state IN (${DELIVERED}) THEN 'resolved'
        ELSE 'open'
      END AS standing_alone
    FROM batches WHERE ${batches}),
  parts AS (
    SELECT parent, max(CASE WHEN delivered THEN 1 ELSE 0 END) = 1 AS delivered,
      sum(CASE WHEN standing_alone = 'resolved' THEN item_count ELSE 0 END) AS resolved,
      sum(CASE WHEN standing_alone = 'refused' THEN item_count ELSE 0 END) AS refused,
      sum(CASE WHEN standing_alone = 'skipped' THEN item_count ELSE 0 END) AS skipped
    FROM alone WHERE parent IS NOT NULL GROUP BY parent)
  SELECT b.position, b.fingerprint, b.operation, b.batch_id, b.settled_at,
    b.delivered OR coalesce(p.delivered, false) AS acknowledged,
    b.first_sent_at IS NOT NULL OR b.settled_at IS NOT NULL AS sent,
    CASE
      WHEN b.state <> 'split' THEN b.standing_alone
      WHEN coalesce(p.resolved + p.refused + p.skipped, 0) < b.item_count THEN 'open'
      WHEN p.refused > 0 THEN 'refused'
      WHEN p.resolved = b.item_count THEN 'resolved'
      ELSE 'skipped'
    END AS standing
  FROM alone b LEFT JOIN parts p ON p.parent = b.batch_id`;
}

/**
 * A run that has only carried and planned batches of the lane changed nothing at Meta, and may have
 * ended before it came to the rest of it.
 */
const LATEST = `
  sync = $sync AND target = $target AND run_id = (
    SELECT max(run_id) FROM batches
    WHERE sync = $sync AND target = $target AND ($runId < 0 OR run_id < $runId)
      AND (state = 'failed' OR first_sent_at IS NOT NULL))`;

const LANE = `${standings(LATEST)} WHERE b.parent IS NULL ORDER BY b.position`;

function lanePosition(row: Row): LanePosition {
  return {
    position: number(row, "position"),
    fingerprint: text(row, "fingerprint"),
    operation: oneOf(row, "operation", ["upsert", "remove", "import"]),
    batchId: text(row, "batch_id"),
    standing: standingIn(row),
    acknowledged: flag(row, "acknowledged"),
    sent: flag(row, "sent"),
    settledAt: optionalNumber(row, "settled_at"),
  };
}

function standingIn(row: Row): LanePosition["standing"] {
  return oneOf(row, "standing", ["resolved", "skipped", "refused", "open"]);
}
