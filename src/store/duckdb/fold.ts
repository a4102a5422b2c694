/** The durable step *fold*: what settled batches prove about their events. */
import type { Engine, Transaction, Values } from "../sql/database.js";
import { anyMirrored, foldMembers } from "../sql/members/proven-members.js";
import { provenBy } from "../sql/proven-events.js";
import { flag, number } from "../sql/read-row.js";

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
  await transaction.run(`CREATE OR REPLACE TEMP TABLE ahead AS ${provenBy(batches)}`, values);
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

/** So many rows may stand beside the held ones; with more, one pass over all of those is worth it. */
const MOST_BESIDE = 500_000;

/** Batches whose items are looked at together: a run has many, and memory holds some. */
const AT_ONCE = 100;

/** Folds the batches that fit a condition, in the transaction of its caller; twice changes nothing. */
export async function foldBatches(
  transaction: Transaction,
  batches: string,
  withRoom: Engine["withRoom"],
): Promise<void> {
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
  if (await anyMirrored(transaction, batches))
    await withRoom(transaction, () => foldMembers(transaction, batches, MOST_BESIDE));
  await transaction.run(
    `DELETE FROM batch_items WHERE batch_id IN (SELECT batch_id FROM batches WHERE ${batches})`,
  );
  await transaction.run(`UPDATE batches SET folded = true WHERE ${batches}`);
}
