/** The durable step *fold*: what settled batches prove about their events. */
import type { Transaction } from "./database.js";
import { number } from "./read-row.js";

/** A refused event is a reject, a split batch is its parts, and what never left proves nothing. */
const DELIVERED = "'succeeded', 'partially_succeeded'";
const PROVING = `${DELIVERED}, 'unknown', 'failed', 'sending'`;

/**
 * Fills `proofs` with one row for each event of some batches. Of several batches the first that
 * delivered it counts, else the last; of its sendings always the first. A batch found `sending` may have been applied.
 */
const PROOFS_OF = `
  INSERT INTO proofs
  SELECT any_value(pixel_id), item_id, arg_max(content_digest, rank), arg_max(identity, rank),
    arg_max(event_time, rank), arg_min(first_sent_at, batch_no),
    coalesce(arg_min(repeat_safe_ms, batch_no) FILTER (first_sent_at IS NOT NULL),
      arg_max(repeat_safe_ms, rank)),
    min(confirmed_at), arg_max(batch_id, rank)
  FROM (
    SELECT b.target AS pixel_id, i.item_id, i.content_digest, i.identity, i.event_time,
      i.repeat_safe_ms, b.batch_id, b.batch_no,
      coalesce(i.first_sent_at, CASE WHEN b.state <> 'failed' THEN b.first_sent_at END)
        AS first_sent_at,
      CASE WHEN b.state IN (${DELIVERED}) THEN b.settled_at END AS confirmed_at,
      CASE WHEN b.state IN (${DELIVERED}) THEN 1000000000000 - b.batch_no ELSE b.batch_no END
        AS rank
    FROM batch_items i JOIN batches b ON b.batch_id = i.batch_id`;
const RANGE = `state IN (${PROVING}) AND batch_no >= $first AND batch_no < $end`;
const GROUPED = ") GROUP BY item_id";

/** Proofs of everything that is not folded, for whoever only reads. */
export const COLLECT_PROOFS = `${PROOFS_OF} WHERE NOT folded AND ${RANGE} ${GROUPED}`;

/** For {@link COLLECT_PROOFS}. */
export const EVERY_BATCH = { first: 0n, end: BigInt(Number.MAX_SAFE_INTEGER) };

/** Applied once to each event that is not delivered yet; what is delivered stays as it is. */
const APPLY_PROOFS: readonly string[] = [
  `UPDATE events SET
    content_digest = p.content_digest,
    identity = CASE WHEN p.confirmed_at IS NULL THEN p.identity END,
    event_time = p.event_time,
    first_sent_at = coalesce(events.first_sent_at, p.first_sent_at),
    repeat_safe_until = CASE WHEN events.first_sent_at IS NULL
      THEN coalesce(p.first_sent_at, 0) + p.repeat_safe_ms ELSE events.repeat_safe_until END,
    confirmed_at = p.confirmed_at,
    batch_id = p.batch_id
  FROM proofs p
  WHERE events.item_id = p.item_id AND events.confirmed_at IS NULL`,
  `INSERT INTO events
  SELECT p.pixel_id, p.item_id, p.content_digest,
    CASE WHEN p.confirmed_at IS NULL THEN p.identity END, p.event_time, p.first_sent_at,
    coalesce(p.first_sent_at, 0) + p.repeat_safe_ms, p.confirmed_at, p.batch_id
  FROM proofs p ANTI JOIN events e ON e.item_id = p.item_id`,
];

/** States that no later attempt changes. */
const FINAL = `${DELIVERED}, 'rejected', 'split', 'skipped', 'superseded'`;

/** Which batches a fold takes: all that have settled, or only those that no attempt changes any more. */
export type FoldScope = "settled" | "final";

const WITHIN: Readonly<Record<FoldScope, string>> = {
  settled: "NOT folded AND state NOT IN ('pending', 'sending')",
  final: `NOT folded AND state IN (${FINAL})`,
};

/** Batches whose items are looked at together: a run has many, and memory holds some. */
const AT_ONCE = 100;

/** Folds batches, in the transaction of its caller; twice changes nothing. */
export async function foldBatches(transaction: Transaction, scope: FoldScope): Promise<void> {
  const within = WITHIN[scope];
  const batches = await transaction.rows(
    `SELECT batch_no FROM batches WHERE ${within} ORDER BY batch_no`,
  );
  const numbers = batches.map((row) => number(row, "batch_no"));
  for (let index = 0; index < numbers.length; index += AT_ONCE) {
    const range = { first: numbers[index] ?? 0, end: numbers[index + AT_ONCE] ?? Infinity };
    const some = {
      first: BigInt(range.first),
      end: range.end === Infinity ? EVERY_BATCH.end : BigInt(range.end),
    };
    await transaction.run("DELETE FROM proofs");
    await transaction.run(`${PROOFS_OF} WHERE ${within} AND ${RANGE} ${GROUPED}`, some);
    for (const statement of APPLY_PROOFS) await transaction.run(statement);
  }
  await transaction.run(
    `DELETE FROM batch_items WHERE batch_id IN (SELECT batch_id FROM batches WHERE ${within})`,
  );
  await transaction.run(`UPDATE batches SET folded = true WHERE ${within}`);
  await transaction.run("DELETE FROM proofs");
}
