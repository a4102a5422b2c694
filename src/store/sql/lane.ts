/** What earlier runs left of a lane. */
import { edgeOf } from "../edge-of.js";
import {
  LEDGER_OPERATIONS,
  type EarlierLane,
  type GivenUp,
  type LanePosition,
  type LaneQuestion,
  type NewBatch,
} from "../ledger.js";
import { DELIVERED } from "./batch-conditions.js";
import type { Row, Statements } from "./database.js";
import { flag, number, oneOf, optionalNumber, optionalText, text } from "./read-row.js";

/** What runs before this one left of a lane. */
export async function earlierLane(
  statements: Statements,
  { path, ...lane }: LaneQuestion,
): Promise<EarlierLane> {
  const positions = await statements.rows(LATEST_LANE, { ...lane, edge: edgeOf(path) });
  const givenUp = await statements.rows(GIVEN_UP, lane);
  return { positions: positions.map(lanePosition), givenUp: givenUp.map(givenUpRequest) };
}

/** How a batch stands that the ledger has. */
export interface Standing extends Pick<LanePosition, "standing">, Pick<NewBatch, "surface"> {
  readonly isPart: boolean;
  /** Whether Meta has acknowledged or refused some of it. */
  readonly isDoneInPart: boolean;
}

/** How a batch stands. Throws a `RangeError` when the ledger has none of that id. */
export async function standingOf(statements: Statements, batchId: string): Promise<Standing> {
  const [row] = await statements.rows(
    `${standings("batch_id = $batchId OR parent = $batchId")} WHERE b.batch_id = $batchId`,
    { batchId },
  );
  if (row === undefined) throw new RangeError(`the ledger has no batch ${batchId}`);
  return {
    standing: standingIn(row),
    surface: oneOf(row, "surface", ["custom_audiences", "events"]),
    isPart: optionalText(row, "parent") !== undefined,
    isDoneInPart: flag(row, "is_done_in_part"),
  };
}

/**
 * How each of some batches stands, given with their parts, as the table `b`. A split one stands as its
 * parts do, once nothing of them is open.
 */
function standings(batches: string): string {
  return `
  WITH alone AS (
    SELECT *,
      CASE
        WHEN state = 'skipped' THEN 'skipped'
        WHEN state = 'rejected' OR state IN (${DELIVERED}) AND refused > 0 THEN 'refused'
        WHEN state IN (${DELIVERED}) THEN 'resolved'
        ELSE 'open'
      END AS standing_alone
    FROM batches WHERE ${batches}),
  parts AS (
    SELECT parent,
      sum(CASE WHEN standing_alone = 'resolved' THEN item_count ELSE 0 END) AS resolved,
      sum(CASE WHEN standing_alone = 'refused' THEN item_count ELSE 0 END) AS refused
    FROM alone WHERE parent IS NOT NULL GROUP BY parent)
  SELECT b.position, b.surface, b.parent, b.fingerprint, b.operation, b.batch_id,
    coalesce(b.first_sent_at, b.settled_at) AS counts_from,
    b.first_sent_at IS NOT NULL OR b.settled_at IS NOT NULL AS sent,
    b.standing_alone = 'refused' OR coalesce(p.refused, 0) > 0 AS has_refused,
    b.standing_alone IN ('resolved', 'refused') OR coalesce(p.resolved + p.refused, 0) > 0
      AS is_done_in_part,
    CASE
      WHEN b.state <> 'split' THEN b.standing_alone
      WHEN coalesce(p.resolved + p.refused, 0) < b.item_count THEN 'open'
      WHEN p.refused > 0 THEN 'refused'
      ELSE 'resolved'
    END AS standing
  FROM alone b LEFT JOIN parts p ON p.parent = b.batch_id`;
}

/**
 * The batches of a lane. None is a mirror's, which compares what is wanted with what is held, and never
 * with an earlier run.
 */
const ofLane = (batches: string) => `
  ${batches}.sync = $sync AND ${batches}.target = $target
  AND ${batches}.batch_id NOT IN (SELECT batch_id FROM batch_changes)`;

const EARLIER = `${ofLane("batches")} AND ($runId < 0 OR run_id < $runId)`;

/**
 * A run that has only carried and planned batches of the lane changed nothing at Meta, and may have
 * ended before it came to the rest of it.
 */
const LATEST = `
  ${ofLane("batches")} AND run_id = (
    SELECT max(run_id) FROM batches
    WHERE ${EARLIER} AND (state = 'failed' OR first_sent_at IS NOT NULL))`;

/** Requests of others to the same edge that may have arrived since a run of the lane began. */
const SENT_BY_OTHERS = `
  SELECT 1 FROM batches o JOIN attempts a ON a.batch_id = o.batch_id
  WHERE right(o.path, length($edge)) = $edge AND NOT (${ofLane("o")})
    AND o.run_id <> $runId
    AND a.deadline >= (SELECT r.started_at FROM runs r WHERE r.run_id = b.run_id)`;

const LATEST_LANE = `
  ${standings(LATEST)}
  WHERE b.parent IS NULL AND NOT EXISTS (${SENT_BY_OTHERS}) ORDER BY b.position`;

const GIVEN_UP = `
  SELECT position, fingerprint, coalesce(settled_at, 0) AS settled_at FROM batches
  WHERE ${EARLIER} AND parent IS NULL AND state = 'skipped' ORDER BY run_id, position`;

function lanePosition(row: Row): LanePosition {
  return {
    position: number(row, "position"),
    fingerprint: text(row, "fingerprint"),
    operation: oneOf(row, "operation", LEDGER_OPERATIONS),
    batchId: text(row, "batch_id"),
    standing: standingIn(row),
    hasRefused: flag(row, "has_refused"),
    sent: flag(row, "sent"),
    countsFrom: optionalNumber(row, "counts_from"),
  };
}

function standingIn(row: Row): LanePosition["standing"] {
  return oneOf(row, "standing", ["resolved", "skipped", "refused", "open"]);
}

function givenUpRequest(row: Row): GivenUp {
  return {
    position: number(row, "position"),
    fingerprint: text(row, "fingerprint"),
    settledAt: number(row, "settled_at"),
  };
}
