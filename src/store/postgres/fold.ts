/** The durable step *fold*: what settled batches prove about their events. */
import type { Transaction } from "../sql/database.js";
import { anyMirrored, foldMembers } from "../sql/members/proven-members.js";
import { provenBy } from "../sql/proven-events.js";

/**
 * Folds the batches that fit a condition, in the transaction of its caller; twice changes nothing.
 * What is delivered stays as it is, and a first sending is the first.
 */
export async function foldBatches(transaction: Transaction, batches: string): Promise<void> {
  await transaction.run(
    `INSERT INTO events ${provenBy(batches)}
      ON CONFLICT (item_id) DO UPDATE SET
        pixel_id = excluded.pixel_id, content_digest = excluded.content_digest,
        identity = excluded.identity, event_time = excluded.event_time,
        first_sent_at = coalesce(events.first_sent_at, excluded.first_sent_at),
        repeat_safe_until = CASE WHEN events.first_sent_at IS NULL
          THEN excluded.repeat_safe_until ELSE events.repeat_safe_until END,
        confirmed_at = excluded.confirmed_at, batch_id = excluded.batch_id,
        sync = excluded.sync, route_key = excluded.route_key
      WHERE events.confirmed_at IS NULL`,
  );
  // By their index few of many rows are found at once: nothing stands beside them.
  if (await anyMirrored(transaction, batches)) await foldMembers(transaction, batches, 0);
  await transaction.run(
    `DELETE FROM batch_items WHERE batch_id IN (SELECT batch_id FROM batches WHERE ${batches})`,
  );
  await transaction.run(`UPDATE batches SET folded = true WHERE ${batches}`);
}
