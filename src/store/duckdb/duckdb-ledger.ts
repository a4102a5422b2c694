import type { Ledger, LedgerState, NewBatch, Sending, Settlement } from "../ledger.js";
import type { Database, Transaction } from "./database.js";
import { putRejects } from "./duckdb-rejects.js";
import { foldBatches } from "./fold.js";
import { latestLane } from "./lane.js";
import { listBatches } from "./ledger-list.js";
import { loggedAttempt } from "./ledger-rows.js";
import { retryBatch, skipBatch } from "./levers.js";
import { text } from "./read-row.js";
import type { UnderWay } from "./tidy-up.js";

/**
 * What so many settled requests prove is folded while the run goes on, so that neither the items that
 * wait nor the fold at its end grow with the run.
 */
const FOLD_EVERY = 50;

/**
 * The ledger in DuckDB.
 *
 * @param ahead whether the table `ahead` is there: how events will be once everything is folded
 */
export function duckdbLedger(database: Database, underWay: UnderWay, ahead: boolean): Ledger {
  let unfolded = 0;
  return {
    plan: (batch) =>
      database.transaction("plan", async (transaction) => {
        await insertBatch(transaction, batch, { state: "pending" });
        await insertItems(transaction, batch);
      }),
    carry: (batch) =>
      database.transaction("carry", (transaction) => insertBatch(transaction, batch, batch)),
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
      database.transaction("lane", (transaction) =>
        latestLane(transaction, { sync, target, runId }),
      ),
    list: (filter) =>
      database.transaction("list batches", (transaction) =>
        listBatches(transaction, filter, ahead),
      ),
    attempts: (batchId) =>
      database.transaction("attempts", async (transaction) => {
        const rows = await transaction.rows(
          "SELECT * FROM attempts WHERE batch_id = $batchId ORDER BY attempt",
          { batchId },
        );
        return rows.map(loggedAttempt);
      }),
    retry: (batchId) =>
      database.transaction("retry", (transaction) =>
        retryBatch(transaction, batchId, underWay.runId),
      ),
    skip: (batchId, at) =>
      database.transaction("skip", (transaction) =>
        skipBatch(transaction, batchId, at, underWay.runId),
      ),
  };
}

/** A batch that is carried has no items that a fold would have to look at. */
async function insertBatch(
  transaction: Transaction,
  batch: NewBatch,
  { state, settledAt }: { readonly state: LedgerState; readonly settledAt?: number },
): Promise<void> {
  const { batchId, runId, parent, position, surface, operation, target, path } = batch;
  const { fingerprint, records, itemCount } = batch;
  const written = { batchId, runId, parent, position, surface, operation, target, path };
  await transaction.run(
    `INSERT INTO batches
      SELECT coalesce((SELECT max(batch_no) FROM batches), 0) + 1, $batchId, $runId,
        coalesce((SELECT sync FROM runs WHERE run_id = $runId), ''), $parent, $position, $surface,
        $operation, $target, $path, $fingerprint, $records, $itemCount, $state, NULL, $settledAt,
        $folded`,
    {
      ...{ ...written, fingerprint, records, itemCount },
      ...{ state, settledAt, folded: state !== "pending" },
    },
  );
}

async function insertItems(transaction: Transaction, { batchId, items }: NewBatch): Promise<void> {
  if (items.length === 0) return;
  await transaction.append(
    "batch_items",
    items.map(({ itemId, contentDigest, identity, eventTime, firstSentAt, repeatSafeMs }) => [
      batchId,
      itemId,
      contentDigest,
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
  const known = await transaction.run(
    `UPDATE batches SET state = 'sending', first_sent_at = coalesce(first_sent_at, $at)
      WHERE batch_id = $batchId`,
    { batchId, at },
  );
  if (known === 0) throw unknown(batchId);
  await transaction.run(
    "INSERT INTO attempts VALUES ($batchId, $attempt, $at, $deadline, NULL, NULL)",
    { batchId, attempt, at, deadline },
  );
}

async function settle(
  transaction: Transaction,
  { batchId, state, at, attempt, evidence, rejects }: Settlement,
): Promise<void> {
  const [batch] = await transaction.rows(
    "UPDATE batches SET state = $state, settled_at = $at WHERE batch_id = $batchId RETURNING sync",
    { batchId, state, at },
  );
  if (batch === undefined) throw unknown(batchId);
  await transaction.run(
    `UPDATE attempts SET settled_at = $at, evidence = $evidence
      WHERE batch_id = $batchId AND attempt = $attempt`,
    { batchId, attempt, at, evidence: JSON.stringify(evidence) },
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

function unknown(batchId: string): RangeError {
  return new RangeError(`the ledger has no batch ${batchId}`);
}
