/** What settled batches prove about their events. */
import { DELIVERED } from "./batch-conditions.js";

/** A refused event is a reject, a split batch is its parts, and what never left proves nothing. */
const PROVING = `${DELIVERED}, 'unknown', 'failed', 'sending'`;

/** What some batches say of their events; one that is found `sending` may have been applied. */
const saidBy = (batches: string) => `
  SELECT b.target AS pixel_id, i.item_id, i.content_digest, i.identity, i.event_time,
    coalesce(i.first_sent_at, CASE WHEN b.state <> 'failed' THEN b.first_sent_at END)
      AS first_sent_at,
    i.repeat_safe_ms, CASE WHEN b.state IN (${DELIVERED}) THEN b.settled_at END AS confirmed_at,
    b.batch_id, b.batch_no, b.sync, i.route_key
  FROM batch_items i JOIN batches b ON b.batch_id = i.batch_id
  WHERE b.state IN (${PROVING}) AND ${batches}`;

/**
 * One row for each event of some batches. Where several have one event, the first that delivered it
 * decides, else the last; of its sendings the first counts. There are few of those, and only they
 * are grouped: memory holds no text of a million events.
 */
export const provenBy = (batches: string) => `
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
    s.confirmed_at, s.batch_id, s.sync, s.route_key
  FROM said s
  LEFT JOIN repeated r ON r.item_id = s.item_id
  LEFT JOIN sent f ON f.item_id = s.item_id
  WHERE r.item_id IS NULL OR r.deciding_no = s.batch_no`;
