/** What an operator may say of a batch. */
import type { LeverEffect, Undecidable } from "../ledger.js";
import type { Engine, Row, Transaction } from "./database.js";
import { standingOf } from "./lane.js";
import { stateOf } from "./ledger-rows.js";
import { flag, number, optionalNumber } from "./read-row.js";
import { tidyUp } from "./tidy-up.js";

/** The batch and its parts. */
const FAMILY = "(SELECT batch_id FROM batches WHERE batch_id = $batchId OR parent = $batchId)";

/** Of the events: those that the batch carried last and that are neither delivered nor refused. */
const OPEN = `
  confirmed_at IS NULL AND batch_id IN ${FAMILY}
  AND NOT EXISTS (
    SELECT 1 FROM rejects r WHERE r.item_id = events.item_id AND r.origin <> 'local')`;

/**
 * A skipped batch is open again; one of people with those for which that word was carried on by later
 * runs: these were never sent.
 */
const TAKE_WORD_BACK = `
  UPDATE batches SET state = CASE WHEN first_sent_at IS NULL THEN 'superseded' ELSE 'failed' END
  WHERE state = 'skipped' AND batch_id IN (
    SELECT same.batch_id FROM batches b JOIN batches same ON same.batch_id = b.batch_id
      OR (b.surface <> 'events' AND b.parent IS NULL AND same.parent IS NULL
        AND same.sync = b.sync AND same.target = b.target AND same.position = b.position
        AND same.fingerprint = b.fingerprint)
    WHERE b.batch_id = $batchId AND b.state = 'skipped')`;

/** Lets the next run send a batch again. */
export async function retryBatch(
  transaction: Transaction,
  engine: Engine,
  batchId: string,
): Promise<LeverEffect> {
  const refused = await refusal(transaction, engine, batchId);
  if (refused !== undefined) return refused;
  const ofBatch = { batchId };
  const rejects = await transaction.run(`DELETE FROM rejects WHERE batch_id IN ${FAMILY}`, ofBatch);
  const events = await transaction.run(`DELETE FROM events WHERE ${OPEN}`, ofBatch);
  await transaction.run(TAKE_WORD_BACK, ofBatch);
  return { kind: "done", events, rejects };
}

/** Gives a batch up: its open events become rejects, nothing is confirmed. */
export async function skipBatch(
  transaction: Transaction,
  engine: Engine,
  batchId: string,
  at: number,
): Promise<LeverEffect> {
  const refused =
    (await refusal(transaction, engine, batchId)) ?? (await notGivenUp(transaction, batchId));
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
        '', 'An operator gave the batch up.', b.batch_id, 'operator', CAST($at AS BIGINT),
        CAST(NULL AS INTEGER), CAST(NULL AS INTEGER)
      FROM (SELECT * FROM events WHERE ${OPEN}) e, batches b WHERE b.batch_id = $batchId`,
    { batchId, at },
  );
  await transaction.run(
    `UPDATE batches SET state = 'skipped', settled_at = coalesce(settled_at, $at)
      WHERE batch_id = $batchId`,
    { batchId, at },
  );
  return { kind: "done", events, rejects: events };
}

/** Why nothing is decided, once everything is in order that an ended process left behind. */
async function refusal(
  transaction: Transaction,
  engine: Engine,
  batchId: string,
): Promise<LeverEffect | undefined> {
  const live = await tidyUp(transaction, engine);
  const [batch] = await transaction.rows(
    `SELECT state, run_id, first_sent_at, EXISTS (
        SELECT 1 FROM batch_changes s WHERE s.batch_id = batches.batch_id) AS is_mirrored
      FROM batches WHERE batch_id = $batchId`,
    { batchId },
  );
  if (batch === undefined) return { kind: "unknown_batch" };
  const because = undecidable(batch, live);
  return because === undefined ? undefined : { kind: "refused", because };
}

function undecidable(batch: Row, live: readonly number[]): Undecidable | undefined {
  const state = stateOf(batch);
  if (flag(batch, "is_mirrored")) return "mirrored";
  if (state === "succeeded") return "acknowledged";
  if (live.includes(number(batch, "run_id"))) return "under_way";
  const wasSent = optionalNumber(batch, "first_sent_at") !== undefined;
  return wasSent || state === "skipped" ? undefined : "never_sent";
}

/** Events stand for themselves; people only as the whole request that the next run plans again. */
async function notGivenUp(
  transaction: Transaction,
  batchId: string,
): Promise<LeverEffect | undefined> {
  const { standing, isDoneInPart, surface, isPart } = await standingOf(transaction, batchId);
  const refused = (because: Undecidable) => ({ kind: "refused", because }) as const;
  if (standing === "resolved" || standing === "refused") return refused("nothing_open");
  if (surface === "events") return undefined;
  if (isPart) return refused("is_part");
  return isDoneInPart ? refused("in_part") : undefined;
}
