/** What an operator may say of a batch. */
import type { LeverEffect, Undecidable } from "../ledger.js";
import type { Engine, Row, Transaction } from "./database.js";
import { standingOf } from "./lane.js";
import { stateOf } from "./ledger-rows.js";
import { flag, optionalNumber, text } from "./read-row.js";
import { tidyUp } from "./tidy-up.js";

/** The batch and its parts. */
const FAMILY = "(SELECT batch_id FROM batches WHERE batch_id = $batchId OR parent = $batchId)";

/** Of the events: those that the batch carried last and that are neither delivered nor refused. */
const OPEN = `
  confirmed_at IS NULL AND batch_id IN ${FAMILY}
  AND NOT EXISTS (
    SELECT 1 FROM rejects r WHERE r.item_id = events.item_id AND r.origin <> 'local')`;

/**
 * The requests that are one with that of a batch: itself, and of people those of its lane that are the
 * same at the same position, since a word on it was carried on by later runs.
 */
const SAME = `
  SELECT same.* FROM batches named
  JOIN batches top ON top.batch_id = coalesce(named.parent, named.batch_id)
  JOIN batches same ON same.batch_id = named.batch_id
    OR (top.surface <> 'events' AND same.parent IS NULL AND same.sync = top.sync
      AND same.target = top.target AND same.position = top.position
      AND same.fingerprint = top.fingerprint)
  WHERE named.batch_id = $batchId`;

/**
 * Meta may have it: nobody heard what came of an attempt, it failed on Meta's side, or was refused without
 * that being certain, since what surely is refused for its content is not given up but `rejected`.
 */
const MAY_BE_APPLIED = `
  SELECT 1 FROM attempts a WHERE a.batch_id = batches.batch_id AND (a.evidence IS NULL
    OR a.evidence LIKE '%"outcome":"unknown"%' OR a.evidence LIKE '%"outcome":"rejected"%'
    OR a.evidence LIKE '%"meta.transient"%')`;

/** What was given up is open again. One for which that word was only carried on was never sent. */
const TAKE_WORD_BACK = `
  UPDATE batches SET state = CASE
    WHEN first_sent_at IS NULL THEN 'superseded'
    WHEN EXISTS (${MAY_BE_APPLIED}) THEN 'unknown'
    ELSE 'failed' END
  WHERE state = 'skipped' AND batch_id IN (SELECT s.batch_id FROM (${SAME}) s)`;

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
    `SELECT state, first_sent_at, EXISTS (
        SELECT 1 FROM batch_changes s WHERE s.batch_id = batches.batch_id) AS is_mirrored,
        ${underWay(live)} AS is_under_way
      FROM batches WHERE batch_id = $batchId`,
    { batchId },
  );
  if (batch === undefined) return { kind: "unknown_batch" };
  const because = undecidable(batch);
  return because === undefined ? undefined : { kind: "refused", because };
}

/**
 * Whether a run goes on that is concerned: the batch's own, or any of a sync that has read already what
 * was given up of its people, and would write that down once more.
 */
function underWay(live: readonly number[]): string {
  if (live.length === 0) return "false";
  const runs = live.map(String).join(", ");
  return `(run_id IN (${runs}) OR surface <> 'events' AND EXISTS (
    SELECT 1 FROM runs r WHERE r.sync = batches.sync AND r.run_id IN (${runs})))`;
}

function undecidable(batch: Row): Undecidable | undefined {
  const state = stateOf(batch);
  if (flag(batch, "is_mirrored")) return "mirrored";
  if (state === "succeeded") return "acknowledged";
  if (flag(batch, "is_under_way")) return "under_way";
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
  if (surface === "events")
    return (await anyOpenEvent(transaction, batchId)) ? undefined : refused("nothing_open");
  if (isPart) return refused("is_part");
  if (await isSentSince(transaction, batchId)) return refused("acknowledged");
  return isDoneInPart ? refused("in_part") : undefined;
}

async function anyOpenEvent(transaction: Transaction, batchId: string): Promise<boolean> {
  const found = await transaction.rows(`SELECT 1 AS open FROM events WHERE ${OPEN} LIMIT 1`, {
    batchId,
  });
  return found.length > 0;
}

/** Whether a later run has sent the same request of people, and Meta has acknowledged it. */
async function isSentSince(transaction: Transaction, batchId: string): Promise<boolean> {
  const [latest] = await transaction.rows(
    `SELECT s.batch_id FROM (${SAME}) s WHERE s.first_sent_at IS NOT NULL
      ORDER BY s.batch_no DESC LIMIT 1`,
    { batchId },
  );
  if (latest === undefined || text(latest, "batch_id") === batchId) return false;
  return (await standingOf(transaction, text(latest, "batch_id"))).standing === "resolved";
}
