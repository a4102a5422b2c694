/** What an operator may say of a batch. */
import type { LedgerState, LeverEffect } from "../ledger.js";
import type { Transaction } from "./database.js";
import { stateOf } from "./ledger-rows.js";
import { number } from "./read-row.js";
import { tidyUp } from "./tidy-up.js";

/** States in which there is nothing to decide: Meta has it all, or it never left. */
const DECIDED: ReadonlySet<LedgerState> = new Set([
  "succeeded",
  "pending",
  "sending",
  "superseded",
]);

/** The batch and its parts. */
const FAMILY = "(SELECT batch_id FROM batches WHERE batch_id = $batchId OR parent = $batchId)";

/** Of the events: those that the batch carried last and that are neither delivered nor refused. */
const OPEN = `
  confirmed_at IS NULL AND batch_id IN ${FAMILY}
  AND item_id NOT IN (SELECT item_id FROM rejects WHERE origin <> 'local')`;

/** Lets the next run send a batch again. */
export async function retryBatch(
  transaction: Transaction,
  batchId: string,
  underWay: number | undefined,
): Promise<LeverEffect> {
  const refused = await refusal(transaction, batchId, underWay);
  if (refused !== undefined) return refused;
  const ofBatch = { batchId };
  const rejects = await transaction.run(`DELETE FROM rejects WHERE batch_id IN ${FAMILY}`, ofBatch);
  const events = await transaction.run(`DELETE FROM events WHERE ${OPEN}`, ofBatch);
  await transaction.run(
    "UPDATE batches SET state = 'failed' WHERE batch_id = $batchId AND state = 'skipped'",
    ofBatch,
  );
  return { kind: "done", events, rejects };
}

/** Gives a batch up: its open events become rejects, nothing is confirmed. */
export async function skipBatch(
  transaction: Transaction,
  batchId: string,
  at: number,
  underWay: number | undefined,
): Promise<LeverEffect> {
  const refused = await refusal(transaction, batchId, underWay);
  if (refused !== undefined) return refused;
  // Open events are refused by nobody but, perhaps, by us.
  await transaction.run(
    `DELETE FROM rejects WHERE sync = (SELECT sync FROM batches WHERE batch_id = $batchId)
      AND item_id IN (SELECT item_id FROM events WHERE ${OPEN})`,
    { batchId },
  );
  const events = await transaction.run(
    `INSERT INTO rejects
      SELECT b.sync, e.pixel_id, e.item_id, e.content_digest, b.operation, e.identity, 'skipped',
        '', 'An operator gave the batch up.', b.batch_id, 'operator', $at, NULL, NULL
      FROM (SELECT * FROM events WHERE ${OPEN}) e, batches b WHERE b.batch_id = $batchId`,
    { batchId, at },
  );
  await transaction.run("UPDATE batches SET state = 'skipped' WHERE batch_id = $batchId", {
    batchId,
  });
  return { kind: "done", events, rejects: events };
}

/** Why nothing is decided, once everything is in order that an ended process left behind. */
async function refusal(
  transaction: Transaction,
  batchId: string,
  underWay: number | undefined,
): Promise<LeverEffect | undefined> {
  await tidyUp(transaction, underWay);
  const [batch] = await transaction.rows(
    "SELECT state, run_id FROM batches WHERE batch_id = $batchId",
    { batchId },
  );
  if (batch === undefined) return { kind: "unknown_batch" };
  const state = stateOf(batch);
  const decided = DECIDED.has(state) || number(batch, "run_id") === underWay;
  return decided ? { kind: "refused", state } : undefined;
}
