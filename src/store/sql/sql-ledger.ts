import type { Ledger, LedgerState, NewBatch, Sending, Settlement } from "../ledger.js";
import { finalOf } from "./batch-conditions.js";
import type { Engine, Transaction } from "./database.js";
import { latestLane } from "./lane.js";
import { listBatches } from "./ledger-list.js";
import { loggedAttempt } from "./ledger-rows.js";
import { retryBatch, skipBatch } from "./levers.js";
import { number, text } from "./read-row.js";
import { putRejects } from "./sql-rejects.js";

/**
 * What so many settled requests prove is folded while the run goes on, so that neither the items that
 * wait nor the fold at its end grow with the run.
 */
const FOLD_EVERY = 50;

/** The ledger in a database. */
export function sqlLedger(engine: Engine): Ledger {
  const { database, ahead, fold } = engine;
  let unfolded = 0;
  return {
    plan: (batch) =>
      database.step("plan", async (transaction) => {
        await insertBatch(transaction, batch, { state: "pending" });
        await insertItems(transaction, batch);
      }),
    carry: (batches) =>
      database.step("carry", async (transaction) => {
        for (const batch of batches) await insertBatch(transaction, batch, batch);
      }),
    sending: (sending) =>
      database.step("sending", (transaction) => markSending(transaction, sending)),
    settle: async (settlement) => {
      const runId = await database.step("settle", (transaction) => settle(transaction, settlement));
      unfolded += 1;
      if (unfolded < FOLD_EVERY) return;
      unfolded = 0;
      await database.alone("fold", (transaction) => fold(transaction, finalOf(runId)));
    },
    lane: (sync, target, runId) =>
      database.read("lane", (transaction) => latestLane(transaction, { sync, target, runId })),
    list: (filter) =>
      database.read("list batches", (transaction) => listBatches(transaction, filter, ahead)),
    attempts: (batchId) =>
      database.read("attempts", async (transaction) => {
        const rows = await transaction.rows(
          "SELECT * FROM attempts WHERE batch_id = $batchId ORDER BY attempt",
          { batchId },
        );
        return rows.map(loggedAttempt);
      }),
    retry: (batchId) =>
      database.alone("retry", (transaction) => retryBatch(transaction, engine, batchId)),
    skip: (batchId, at) =>
      database.alone("skip", (transaction) => skipBatch(transaction, engine, batchId, at)),
  };
}

/** More than a run has. */
const BATCHES_OF_RUN = 1_000_000_000;

/**
 * A batch that is carried has no items that a fold would have to look at. Batches are numbered within
 * their run, which alone adds to them.
 */
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
      SELECT coalesce((SELECT max(batch_no) FROM batches WHERE run_id = $runId),
          CAST($runId AS BIGINT) * ${String(BATCHES_OF_RUN)}) + 1, $batchId, $runId,
        coalesce((SELECT sync FROM runs WHERE run_id = $runId), ''), $parent, $position, $surface,
        $operation, $target, $path, $fingerprint, $records, $itemCount, $state, NULL, $settledAt,
        $folded, 0`,
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

/** Gives the run of the batch. */
async function settle(
  transaction: Transaction,
  { batchId, state, at, attempt, evidence, rejects }: Settlement,
): Promise<number> {
  const [batch] = await transaction.rows(
    `UPDATE batches SET state = $state, settled_at = $at, refused = $refused
      WHERE batch_id = $batchId RETURNING sync, run_id`,
    { batchId, state, at, refused: rejects.length },
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
  return number(batch, "run_id");
}

function unknown(batchId: string): RangeError {
  return new RangeError(`the ledger has no batch ${batchId}`);
}
