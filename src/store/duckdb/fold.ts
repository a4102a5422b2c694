/** The durable step *fold*: what settled batches prove about their events. */
import { DELIVERED } from "../sql/batch-conditions.js";
import type { Transaction, Values } from "../sql/database.js";
import { flag, number } from "../sql/read-row.js";

/** A refused event is a reject, a split batch is its parts, and what never left proves nothing. */
const PROVING = `${DELIVERED}, 'unknown', 'failed', 'sending'`;

/** What some batches say of their events; one that is found `sending` may have been applied. */
const saidBy = (batches: string) => `
  SELECT b.target AS pixel_id, i.item_id, i.content_digest, i.identity, i.event_time,
    coalesce(i.first_sent_at, CASE WHEN b.state <> 'failed' THEN b.first_sent_at END)
      AS first_sent_at,
    i.repeat_safe_ms, CASE WHEN b.state IN (${DELIVERED}) THEN b.settled_at END AS confirmed_at,
    b.batch_id, b.batch_no
  FROM batch_items i JOIN batches b ON b.batch_id = i.batch_id
  WHERE b.state IN (${PROVING}) AND ${batches}`;

/**
 * One row for each event of some batches. Where several have one event, the first that delivered it
 * decides, else the last; of its sendings the first counts. There are few of those, and only they
 * are grouped: memory holds no text of a million events.
 */
const provenBy = (batches: string) => `
  CREATE OR REPLACE TEMP TABLE ahead AS
  WITH said AS (${saidBy(batches)}),
  repeated AS (
    SELECT item_id,
      coalesce(min(batch_no) FILTER (WHERE confirmed_at IS NOT NULL), max(batch_no)) AS deciding_no,
      min(batch_no) FILTER (WHERE first_sent_at IS NOT NULL) AS sent_no
    FROM said GROUP BY item_id HAVING count(*) > 1
  ),
  sent AS (
    SELECT r.item_id, s.first_sent_at, s.repeat_safe_ms
    FROM said s JOIN repeated r ON r.item_id = s.item_id AND r.sent_no = s.batch_no
  )
  SELECT s.pixel_id, s.item_id, s.content_digest,
    CASE WHEN s.confirmed_at IS NULL THEN s.identity END AS identity, s.event_time,
    coalesce(f.first_sent_at, s.first_sent_at) AS first_sent_at,
    coalesce(f.first_sent_at + f.repeat_safe_ms, s.first_sent_at + s.repeat_safe_ms)
      AS repeat_safe_until,
    s.confirmed_at, s.batch_id
  FROM said s
  LEFT JOIN repeated r ON r.item_id = s.item_id
  LEFT JOIN sent f ON f.item_id = s.item_id
  WHERE r.item_id IS NULL OR r.deciding_no = s.batch_no`;

/** What the store knows of these events already: most are new. */
const KNOWN = `
  CREATE OR REPLACE TEMP TABLE known AS
  SELECT e.item_id, e.first_sent_at, e.repeat_safe_until, e.confirmed_at
  FROM events e JOIN ahead a ON a.item_id = e.item_id`;

/** What is delivered stays as it is, and a first sending is the first. */
const RESPECT_KNOWN: readonly string[] = [
  "DELETE FROM ahead WHERE item_id IN (SELECT item_id FROM known WHERE confirmed_at IS NOT NULL)",
  `UPDATE ahead SET first_sent_at = known.first_sent_at,
      repeat_safe_until = known.repeat_safe_until
    FROM known WHERE known.item_id = ahead.item_id AND known.first_sent_at IS NOT NULL`,
];

/**
 * Makes the table `ahead`: the events of some batches as they will be once these are folded; tells
 * whether the store knows any of them.
 */
async function makeAhead(
  transaction: Transaction,
  batches: string,
  values: Values,
): Promise<boolean> {
  await transaction.run(provenBy(batches), values);
  await transaction.run(KNOWN);
  const [found] = await transaction.rows("SELECT count(*) > 0 AS any_known FROM known");
  const anyKnown = found !== undefined && flag(found, "any_known");
  if (anyKnown) for (const statement of RESPECT_KNOWN) await transaction.run(statement);
  await transaction.run("DROP TABLE known");
  return anyKnown;
}

/** Makes the table `ahead` of everything that is not folded, whatever may still come of it. */
export async function lookAhead(transaction: Transaction): Promise<void> {
  await makeAhead(transaction, "NOT folded", {});
}

/** Does something while the table `ahead` is there. */
export async function lookingAhead<T>(
  transaction: Transaction,
  work: () => Promise<T>,
): Promise<T> {
  await lookAhead(transaction);
  const result = await work();
  await transaction.run(DROP_AHEAD);
  return result;
}

const DROP_AHEAD = "DROP TABLE ahead";

/** Batches whose items are looked at together: a run has many, and memory holds some. */
const AT_ONCE = 100;

/** Folds the batches that fit a condition, in the transaction of its caller; twice changes nothing. */
export async function foldBatches(transaction: Transaction, batches: string): Promise<void> {
  const found = await transaction.rows(
    `SELECT batch_no FROM batches WHERE ${batches} ORDER BY batch_no`,
  );
  if (found.length === 0) return;
  const numbers = found.map((row) => number(row, "batch_no"));
  for (let index = 0; index < numbers.length; index += AT_ONCE) {
    const some = numbers.slice(index, index + AT_ONCE);
    const range = { first: some[0], last: some.at(-1) };
    const within = `${batches} AND batch_no BETWEEN $first AND $last`;
    const anyKnown = await makeAhead(transaction, within, range);
    if (anyKnown)
      await transaction.run("DELETE FROM events WHERE item_id IN (SELECT item_id FROM ahead)");
    await transaction.run("INSERT INTO events SELECT * FROM ahead");
  }
  await transaction.run(DROP_AHEAD);
  await transaction.run(
    `DELETE FROM batch_items WHERE batch_id IN (SELECT batch_id FROM batches WHERE ${batches})`,
  );
  await transaction.run(`UPDATE batches SET folded = true WHERE ${batches}`);
}
