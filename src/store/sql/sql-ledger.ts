import type { Ledger, LedgerState, NewBatch, Sending, Settlement } from "../ledger.js";
import { finalOf } from "./batch-conditions.js";
import type { Engine, Transaction } from "./database.js";
import { earlierLane } from "./lane.js";
import { listBatches } from "./ledger-list.js";
import { loggedAttempt } from "./ledger-rows.js";
import { retryBatch, skipBatch } from "./levers.js";
import { number, text } from "./read-row.js";
import { noteAges } from "./sync-rows.js";
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
        await insertBatches(transaction, [{ ...batch, state: "pending", folded: false }]);
        await insertItems(transaction, batch);
        await noteAges(transaction, batch);
        await insertRanges(transaction, batch);
      }),
    carry: (batches) =>
      database.step("carry", async (transaction) => {
        await insertBatches(
          transaction,
          batches.map((batch) => ({ ...batch, folded: true })),
        );
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
    lane: (question) => database.read("lane", (transaction) => earlierLane(transaction, question)),
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

/** A batch as it is written first. One that is carried has no items that a fold would have to look at. */
interface FirstRow extends Omit<NewBatch, "items" | "changes"> {
  readonly state: LedgerState;
  readonly settledAt?: number;
  readonly folded: boolean;
}

/** Batches are numbered within their run, which alone adds to them. */
async function insertBatches(
  transaction: Transaction,
  batches: readonly FirstRow[],
): Promise<void> {
  const [first] = batches;
  if (first === undefined) return;
  const { runId } = first;
  const [found] = await transaction.rows(
    `SELECT coalesce((SELECT sync FROM runs WHERE run_id = $runId), '') AS sync,
      coalesce((SELECT max(batch_no) FROM batches WHERE run_id = $runId),
        CAST($runId AS BIGINT) * ${String(BATCHES_OF_RUN)}) AS last_no`,
    { runId },
  );
  if (found === undefined) throw new RangeError("a query without a table gives one row");
  const sync = text(found, "sync");
  const last = number(found, "last_no");
  for (const [index, batch] of batches.entries())
    await insertBatch(transaction, batch, { sync, batchNo: last + 1 + index });
}

async function insertBatch(
  transaction: Transaction,
  batch: FirstRow,
  { sync, batchNo }: { readonly sync: string; readonly batchNo: number },
): Promise<void> {
  const { batchId, runId, parent, position, surface, operation, target, path } = batch;
  const { fingerprint, records, itemCount, state, settledAt, folded } = batch;
  await transaction.run(
    `INSERT INTO batches VALUES ($batchNo, $batchId, $runId, $sync, $parent, $position, $surface,
      $operation, $target, $path, $fingerprint, $records, $itemCount, $state, NULL, $settledAt,
      $folded, 0)`,
    {
      ...{ batchNo, batchId, runId, sync, parent, position, surface, operation, target, path },
      ...{ fingerprint, records, itemCount, state, settledAt, folded },
    },
  );
}

async function insertItems(transaction: Transaction, { batchId, items }: NewBatch): Promise<void> {
  if (items.length === 0) return;
  await transaction.append(
    "batch_items",
    items.map(({ itemId, contentDigest, identity, eventTime, ...item }) => [
      batchId,
      itemId,
      contentDigest,
      identity,
      eventTime,
      item.firstSentAt,
      item.repeatSafeMs,
      item.routeKey,
    ]),
  );
}

async function insertRanges(
  transaction: Transaction,
  { batchId, changes }: NewBatch,
): Promise<void> {
  if (changes.length === 0) return;
  await transaction.append(
    "batch_changes",
    changes.map(({ first, last }) => [batchId, first, last]),
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
  // What a retry of the rejects makes of them does not change what Meta said of this request.
  await transaction.run("DELETE FROM refused_changes WHERE batch_id = $batchId", { batchId });
  if (rejects.length > 0)
    await transaction.append(
      "refused_changes",
      rejects.map(({ itemId }) => [batchId, itemId]),
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
