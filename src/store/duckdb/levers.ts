/** What an operator may say of a batch. */
import type { LedgerState, LeverEffect } from "../ledger.js";
import type { Transaction } from "./database.js";
import { foldBatches } from "./fold.js";
import { stateOf } from "./ledger-rows.js";

/** States in which there is nothing to decide: Meta has it all, or it is under way or its parts are. */
const DECIDED: ReadonlySet<LedgerState> = new Set([
  "succeeded",
  "pending",
  "sending",
  "superseded",
]);

/** The batch and its parts. */
const FAMILY = "(SELECT batch_id FROM batches WHERE batch_id = $batchId OR parent = $batchId)";

/** Of `events e`: those that the batch carried last and that are neither delivered nor refused. */
const OPEN = `
  e.confirmed_at IS NULL AND e.batch_id IN ${FAMILY} AND NOT EXISTS (
    SELECT 1 FROM rejects r
    WHERE r.item_id = e.item_id AND r.origin <> 'local')`;

/** Lets the next run send a batch again. */
export async function retryBatch(transaction: Transaction, batchId: string): Promise<LeverEffect> {
  const refused = await refusal(transaction, batchId);
  if (refused !== undefined) return refused;
  // A process that ended in the middle of its run leaves batches whose events are not in their table.
  await foldBatches(transaction, "settled");
  const rejects = await transaction.rows(
    `DELETE FROM rejects WHERE batch_id IN ${FAMILY} RETURNING code`,
    { batchId },
  );
  const events = await transaction.rows(`DELETE FROM events e WHERE ${OPEN} RETURNING batch_id`, {
    batchId,
  });
  await transaction.run(
    "UPDATE batches SET state = 'failed' WHERE batch_id = $batchId AND state = 'skipped'",
    { batchId },
  );
  return { kind: "done", events: events.length, rejects: rejects.length };
}

/** Gives a batch up: its open events become rejects, nothing is confirmed. */
export async function skipBatch(
  transaction: Transaction,
  batchId: string,
  at: number,
): Promise<LeverEffect> {
  const refused = await refusal(transaction, batchId);
  if (refused !== undefined) return refused;
  await foldBatches(transaction, "settled");
  await transaction.run(
    `CREATE OR REPLACE TEMP TABLE given_up AS
      SELECT b.sync, b.operation, e.pixel_id, e.item_id, e.content_digest, e.identity
      FROM events e, batches b WHERE b.batch_id = $batchId AND ${OPEN}`,
    { batchId },
  );
  await transaction.run(`DELETE FROM rejects USING given_up g
    WHERE rejects.item_id = g.item_id AND rejects.sync = g.sync`);
  const given = await transaction.rows(
    `INSERT INTO rejects
      SELECT sync, pixel_id, item_id, content_digest, operation, coalesce(identity, ''), 'skipped',
        '', 'An operator gave the batch up.', $batchId, 'operator', $at, NULL, NULL FROM given_up
      RETURNING code`,
    { batchId, at: BigInt(at) },
  );
  await transaction.run("DROP TABLE given_up");
  await transaction.run("UPDATE batches SET state = 'skipped' WHERE batch_id = $batchId", {
    batchId,
  });
  return { kind: "done", events: given.length, rejects: given.length };
}

/** Why nothing is decided: the batch is unknown or there is nothing to decide, or a part is under way. */
async function refusal(
  transaction: Transaction,
  batchId: string,
): Promise<LeverEffect | undefined> {
  const rows = await transaction.rows(
    `SELECT state, batch_id = $batchId AS itself FROM batches WHERE batch_id IN ${FAMILY}
      ORDER BY itself DESC`,
    { batchId },
  );
  const [batch, ...parts] = rows.map(stateOf);
  if (batch === undefined || rows[0]?.["itself"] !== true) return { kind: "unknown_batch" };
  if (DECIDED.has(batch)) return { kind: "refused", state: batch };
  return parts.includes("sending") ? { kind: "refused", state: "sending" } : undefined;
}
