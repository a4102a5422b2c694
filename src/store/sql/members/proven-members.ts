/** What settled batches of mirrors prove about the rows that may be in audiences. */
import { DELIVERED } from "../batch-conditions.js";
import type { Transaction } from "../database.js";
import { flag } from "../read-row.js";
import { DROP_PROVEN, layOnSettled, mayStandBeside, putBeside, putIn } from "./settled-members.js";
import { removalId } from "./tables.js";

/**
 * What some batches say of their changes. One found `sending` may have been applied; a removal that
 * may have been proves nothing, since its row has lost its confirmation when it was begun. The last
 * batch of a replace has to know what Meta refused in the ones before it.
 */
const saidBy = (batches: string) => `
  SELECT c.run_id, c.place, b.batch_no
  FROM (SELECT * FROM batches WHERE ${batches}) b
  JOIN batch_changes s ON s.batch_id = b.batch_id
  JOIN changes c ON c.run_id = b.run_id AND c.place BETWEEN s.first_place AND s.last_place
  WHERE (b.state IN (${DELIVERED})
      OR c.operation = 'upsert' AND b.state IN ('unknown', 'sending'))
    AND NOT (b.state IN (${DELIVERED}) AND EXISTS (
      SELECT 1 FROM refused_changes r WHERE r.batch_id = b.batch_id AND r.item_id = c.item_id))
    AND NOT (b.operation = 'replace' AND EXISTS (
      SELECT 1 FROM refused_changes r JOIN batches o ON o.batch_id = r.batch_id
      WHERE o.run_id = b.run_id AND r.item_id = c.item_id))`;

/**
 * One row for each change: the last batch that says something of it decides. Of a removal that left
 * keys to others, these stay held, if it still is (`if_held`); without any, nothing `stays`, and nothing but
 * ids is kept. What a preliminary one says takes effect by a later one only, or never.
 */
const PROVEN = (batches: string) => `
  WITH deciding AS (
    SELECT run_id, place, max(batch_no) AS batch_no FROM (${saidBy(batches)}) said
    GROUP BY run_id, place),
  decided AS (
    SELECT c.*, c.operation = 'upsert' OR c.protected_count > 0 AS stays,
      b.state, b.first_sent_at, b.operation = 'preliminary' AS is_preliminary
    FROM deciding d
    JOIN batches b ON b.batch_no = d.batch_no AND b.run_id = d.run_id
    JOIN changes c ON c.run_id = d.run_id AND c.place = d.place)
  SELECT d.audience_no, d.row_id, d.member,
    CASE WHEN d.operation = 'upsert' THEN ${removalId("a.audience_id", "d.row_id")} ELSE d.item_id END
      AS item_id,
    d.content_digest, d.attributes_digest,
    CASE WHEN d.operation = 'upsert' THEN d.keys ELSE d.protected_keys END AS keys,
    CASE WHEN d.operation = 'upsert' THEN d.key_count ELSE d.protected_count END AS key_count,
    CASE WHEN d.stays THEN d.cells END AS cells, CASE WHEN d.stays THEN d.identity END AS identity,
    CASE WHEN d.operation = 'upsert' AND NOT d.is_preliminary AND d.state IN (${DELIVERED})
      THEN d.first_sent_at END AS confirmed_at,
    d.stays, d.stays AND d.operation = 'remove' AS if_held
  FROM decided d JOIN audiences a ON a.audience_no = d.audience_no`;

/** Whether any of some batches is a mirror's. */
export async function anyMirrored(transaction: Transaction, batches: string): Promise<boolean> {
  const [found] = await transaction.rows(
    `SELECT count(*) > 0 AS any_mirrored FROM (SELECT batch_id FROM batches WHERE ${batches}) b
      JOIN batch_changes s ON s.batch_id = b.batch_id`,
  );
  return found !== undefined && flag(found, "any_mirrored");
}

/** Makes the table `proven` of what some batches prove, on top of what stands beside the held rows. */
export async function makeProven(transaction: Transaction, batches: string): Promise<void> {
  await transaction.run(DROP_PROVEN);
  await transaction.run(`CREATE TEMP TABLE proven AS ${PROVEN(batches)}`);
  await layOnSettled(transaction);
}

/**
 * Folds the changes of some batches, in the transaction of its caller.
 *
 * @param mostBeside how many rows may stand beside the held ones; of more the place of each is looked up
 */
export async function foldMembers(
  transaction: Transaction,
  batches: string,
  mostBeside: number,
): Promise<void> {
  await makeProven(transaction, batches);
  // Whoever is there again may leave again.
  await transaction.run(
    `DELETE FROM rejects WHERE operation = 'remove' AND origin = 'meta'
      AND item_id IN (SELECT item_id FROM proven WHERE confirmed_at IS NOT NULL)`,
  );
  if (await mayStandBeside(transaction, batches, mostBeside)) await putBeside(transaction);
  else await putIn(transaction);
  await transaction.run(
    `DELETE FROM refused_changes
      WHERE batch_id IN (
        SELECT batch_id FROM batches WHERE ${batches} AND operation <> 'preliminary')`,
  );
}

/**
 * Forgets the changes of some runs of which nothing is still to be folded.
 *
 * @param runs a condition on `run_id`
 */
export async function dropChanges(transaction: Transaction, runs: string): Promise<void> {
  await transaction.run(
    `DELETE FROM refused_changes
      WHERE batch_id IN (SELECT batch_id FROM batches WHERE ${runs} AND folded)`,
  );
  await transaction.run(
    `DELETE FROM changes WHERE ${runs} AND run_id NOT IN (
      SELECT b.run_id FROM batches b JOIN batch_changes s ON s.batch_id = b.batch_id
      WHERE NOT b.folded)`,
  );
}
