import type {
  CarriedBatch,
  LanePosition,
  Ledger,
  LedgerFilter,
  LedgerState,
  NewBatch,
  Sending,
  Settlement,
} from "../ledger.js";
import type { Database, Row, Transaction } from "./database.js";
import { putRejects } from "./duckdb-rejects.js";
import { foldBatches } from "./fold.js";
import { retryBatch, skipBatch } from "./levers.js";
import { LIST, loggedAttempt, loggedBatch } from "./ledger-rows.js";
import { number, oneOf, optionalNumber, text } from "./read-row.js";

/**
 * What so many settled requests prove is folded while the run goes on, so that neither the items that
 * wait nor the fold at its end grow with the run.
 */
const FOLD_EVERY = 50;

/** The ledger in DuckDB. */
export function duckdbLedger(database: Database): Ledger {
  let unfolded = 0;
  return {
    plan: (batch) =>
      database.transaction("plan", async (transaction) => {
        await insertBatch(transaction, batch, "pending", undefined);
        await insertItems(transaction, batch);
      }),
    carry: ({ state, settledAt, ...batch }: CarriedBatch) =>
      database.transaction("carry", (transaction) =>
        insertBatch(transaction, batch, state, settledAt),
      ),
    sending: (sending) =>
      database.transaction("sending", (transaction) => markSending(transaction, sending)),
    settle: async (settlement) => {
      await database.transaction("settle", (transaction) => settle(transaction, settlement));
      unfolded += 1;
      if (unfolded < FOLD_EVERY) return;
      unfolded = 0;
      await database.transaction("fold", (transaction) => foldBatches(transaction, "final"));
    },
    lane: (sync, target, runId) =>
      database.transaction("lane", async (transaction) => {
        const rows = await transaction.rows(LANE, { sync, target, runId });
        return rows.map(lanePosition);
      }),
    list: (filter) =>
      database.transaction("list batches", async (transaction) => {
        const rows = await transaction.rows(`${LIST} ${whereOf(filter)} LIMIT $limit`, {
          sync: filter.sync ?? null,
          target: filter.target ?? null,
          runId: filter.runId ?? null,
          limit: filter.limit,
        });
        return rows.map(loggedBatch);
      }),
    attempts: (batchId) =>
      database.transaction("attempts", async (transaction) => {
        const rows = await transaction.rows(
          "SELECT * FROM attempts WHERE batch_id = $batchId ORDER BY attempt",
          { batchId },
        );
        return rows.map(loggedAttempt);
      }),
    retry: (batchId) =>
      database.transaction("retry", (transaction) => retryBatch(transaction, batchId)),
    skip: (batchId, at) =>
      database.transaction("skip", (transaction) => skipBatch(transaction, batchId, at)),
  };
}

async function insertBatch(
  transaction: Transaction,
  { items, ...batch }: NewBatch,
  state: LedgerState,
  settledAt: number | undefined,
): Promise<void> {
  await transaction.run(
    `INSERT INTO batches
      SELECT coalesce((SELECT max(batch_no) FROM batches), 0) + 1, $batchId, $runId,
        coalesce((SELECT sync FROM runs WHERE run_id = $runId), ''), $parent, $position, $surface,
        $operation, $target, $path, $fingerprint, $records, $itemCount, $state, NULL, $settledAt,
        $state = 'skipped' OR $settledAt IS NOT NULL`,
    {
      ...batch,
      parent: batch.parent ?? null,
      state,
      settledAt: settledAt === undefined ? null : BigInt(settledAt),
    },
  );
}

async function insertItems(transaction: Transaction, { batchId, items }: NewBatch): Promise<void> {
  await transaction.append(
    "batch_items",
    items.map(({ itemId, contentDigest, identity, eventTime, firstSentAt, repeatSafeMs }) => [
      batchId,
      { uuid: itemId },
      { uuid: contentDigest },
      identity,
      eventTime,
      firstSentAt,
      repeatSafeMs,
    ]),
  );
}

async function markSending(
  transaction: Transaction,
  { batchId, attempt, at, deadline }: Sending,
): Promise<void> {
  const [batch] = await transaction.rows(
    `UPDATE batches SET state = 'sending', first_sent_at = coalesce(first_sent_at, $at)
      WHERE batch_id = $batchId RETURNING batch_id`,
    { batchId, at: BigInt(at) },
  );
  if (batch === undefined) throw new RangeError(`the ledger has no batch ${batchId}`);
  await transaction.run(
    "INSERT INTO attempts VALUES ($batchId, $attempt, $at, $deadline, NULL, NULL)",
    { batchId, attempt, at: BigInt(at), deadline: BigInt(deadline) },
  );
}

async function settle(
  transaction: Transaction,
  { batchId, state, at, attempt, evidence, rejects }: Settlement,
): Promise<void> {
  const [batch] = await transaction.rows(
    "UPDATE batches SET state = $state, settled_at = $at WHERE batch_id = $batchId RETURNING sync",
    { batchId, state, at: BigInt(at) },
  );
  if (batch === undefined) throw new RangeError(`the ledger has no batch ${batchId}`);
  await transaction.run(
    `UPDATE attempts SET settled_at = $at, evidence = $evidence
      WHERE batch_id = $batchId AND attempt = $attempt`,
    { batchId, attempt, at: BigInt(at), evidence: JSON.stringify(evidence) },
  );
  await putRejects(
    transaction,
    text(batch, "sync"),
    rejects.map((reject) => ({
      ...reject,
      batchId,
      origin: "meta",
      createdAt: at,
      firstRunId: undefined,
      runId: undefined,
    })),
  );
}

/** How many rows the parts of `b` have that are in some states. */
const IN_PARTS = `(SELECT sum(p.item_count) FROM batches p
  WHERE p.parent = b.batch_id AND p.state IN `;

/**
 * A split batch is resolved when Meta acknowledged parts that together have all its rows, and skipped
 * when an operator gave up the others. A run that has only carried and planned batches of the lane
 * changed nothing at Meta, and may have ended before it came to the rest of it.
 */
const LANE = `
  SELECT b.position, b.fingerprint, b.batch_id, b.settled_at,
    CASE
      WHEN b.state = 'skipped' THEN 'skipped'
      WHEN b.state IN ('succeeded', 'partially_succeeded') THEN 'resolved'
      WHEN b.state = 'split' AND b.item_count =
        ${IN_PARTS} ('succeeded', 'partially_succeeded')) THEN 'resolved'
      WHEN b.state = 'split' AND b.item_count =
        ${IN_PARTS} ('succeeded', 'partially_succeeded', 'skipped')) THEN 'skipped'
      ELSE 'open'
    END AS standing
  FROM batches b
  WHERE b.parent IS NULL AND b.sync = $sync AND b.target = $target AND b.run_id = (
    SELECT max(o.run_id) FROM batches o
    WHERE o.sync = $sync AND o.target = $target AND ($runId < 0 OR o.run_id < $runId)
      AND (o.state = 'failed' OR EXISTS (
        SELECT 1 FROM attempts a WHERE a.batch_id = o.batch_id)))
  ORDER BY b.position`;

function lanePosition(row: Row): LanePosition {
  return {
    position: number(row, "position"),
    fingerprint: text(row, "fingerprint"),
    batchId: text(row, "batch_id"),
    standing: oneOf(row, "standing", ["resolved", "skipped", "open"]),
    settledAt: optionalNumber(row, "settled_at"),
  };
}

/** States are our own words, so they may stand in the text. */
function whereOf({ states }: LedgerFilter): string {
  const within = states?.map((state) => `'${state}'`).join(", ");
  return `WHERE ($sync IS NULL OR b.sync = $sync) AND ($target IS NULL OR b.target = $target)
    AND ($runId IS NULL OR b.run_id = $runId)
    ${within === undefined ? "" : `AND b.state IN (${within === "" ? "NULL" : within})`}
    ORDER BY b.batch_no DESC`;
}
