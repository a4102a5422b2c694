import type { LanePosition } from "../ledger.js";
import type { Row, Statements } from "./database.js";
import { number, oneOf, optionalNumber, text } from "./read-row.js";

/** A lane, as a run looks back at it. */
interface LaneQuestion {
  readonly sync: string;
  readonly target: string;
  readonly runId: number;
}

/** What the latest run before this one that sent anything left of a lane. */
export async function latestLane(
  statements: Statements,
  { sync, target, runId }: LaneQuestion,
): Promise<readonly LanePosition[]> {
  const rows = await statements.rows(LANE, { sync, target, runId });
  return rows.map(lanePosition);
}

/**
 * A split batch is resolved when Meta acknowledged parts that together have all its rows, and skipped
 * when an operator gave up the others, and refused when Meta refused the others. A run that has only
 * carried and planned batches of the lane changed nothing at Meta, and may have ended before it came
 * to the rest of it.
 */
const LANE = `
  SELECT b.position, b.fingerprint, b.operation, b.batch_id, b.settled_at,
    CASE
      WHEN b.state = 'skipped' THEN 'skipped'
      WHEN b.state IN ('succeeded', 'partially_succeeded') THEN 'resolved'
      WHEN b.state = 'rejected' THEN 'refused'
      WHEN b.state <> 'split' THEN 'open'
      WHEN b.item_count = p.acknowledged THEN 'resolved'
      WHEN b.item_count = p.acknowledged + p.skipped THEN 'skipped'
      WHEN b.item_count = p.acknowledged + p.skipped + p.refused THEN 'refused'
      ELSE 'open'
    END AS standing
  FROM batches b LEFT JOIN (
    SELECT parent,
      sum(CASE WHEN state IN ('succeeded', 'partially_succeeded') THEN item_count ELSE 0 END)
        AS acknowledged,
      sum(CASE WHEN state = 'skipped' THEN item_count ELSE 0 END) AS skipped,
      sum(CASE WHEN state = 'rejected' THEN item_count ELSE 0 END) AS refused
    FROM batches GROUP BY parent
  ) p ON p.parent = b.batch_id
  WHERE b.parent IS NULL AND b.sync = $sync AND b.target = $target AND b.run_id = (
    SELECT max(run_id) FROM batches
    WHERE sync = $sync AND target = $target AND ($runId < 0 OR run_id < $runId)
      AND (state = 'failed' OR first_sent_at IS NOT NULL))
  ORDER BY b.position`;

function lanePosition(row: Row): LanePosition {
  return {
    position: number(row, "position"),
    fingerprint: text(row, "fingerprint"),
    operation: oneOf(row, "operation", ["upsert", "remove", "import"]),
    batchId: text(row, "batch_id"),
    standing: oneOf(row, "standing", ["resolved", "skipped", "refused", "open"]),
    settledAt: optionalNumber(row, "settled_at"),
  };
}
