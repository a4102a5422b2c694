/** What makes a store know the past of syncs: what they delivered where, and since when they forget it. */
import { MAX_EVENT_AGE_SECONDS } from "../../generated/constants.js";

/** The schema version of both engines that has it. */
export const EVENT_PAST_VERSION = 4;

/**
 * What is there already gets the longest limit of all, which forgets the latest. Which events are the
 * same but for their pixel is not known of those that were delivered by then.
 *
 * @param text the engine's type of a text
 */
export function eventPast(text: string): readonly string[] {
  return [
    "ALTER TABLE batch_items ADD COLUMN route_key UUID",
    `ALTER TABLE events ADD COLUMN sync ${text}`,
    "ALTER TABLE events ADD COLUMN route_key UUID",
    "UPDATE events SET sync = (SELECT b.sync FROM batches b WHERE b.batch_id = events.batch_id)",
    `CREATE TABLE syncs (
      sync ${text} NOT NULL, first_start BIGINT NOT NULL, longest_age_ms BIGINT, horizon BIGINT)`,
    `INSERT INTO syncs
      SELECT sync, min(started_at),
        CASE WHEN min(surface) = 'events' THEN ${String(LONGEST_AGE_MS)} END, CAST(NULL AS BIGINT)
      FROM runs GROUP BY sync`,
  ];
}

const LONGEST_AGE_MS = Math.max(...Object.values(MAX_EVENT_AGE_SECONDS)) * 1_000;
