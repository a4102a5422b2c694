import { EVENT_PAST_VERSION, eventPast } from "../sql/event-past-schema.js";
import type { Migration } from "../sql/store-meta.js";
import {
  MAY_SHRINK,
  MAY_SHRINK_VERSION,
  memberTables,
  SETTLED_VERSION,
  settledMembers,
} from "../sql/members/tables.js";
import { SUPPRESSED, SUPPRESSED_VERSION } from "../sql/suppressed-schema.js";
import { TABLES } from "./schema.js";

/**
 * Each fold and each comparison reads the ids of all held rows. Written in their order, the engine would
 * pack them by a tenth, and take four times as long to look one up.
 */
const HELD_ID = "UUID USING COMPRESSION uncompressed";

/** From an empty file to today's schema, in order. What once shipped is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, statements: TABLES },
  // How many records Meta refused for themselves; of those that were retried by then nobody knows.
  {
    version: 2,
    statements: [
      "ALTER TABLE batches ADD COLUMN refused INTEGER DEFAULT 0",
      `UPDATE batches SET refused = (
          SELECT count(*) FROM rejects r
          WHERE r.batch_id = batches.batch_id AND r.origin = 'meta')
        WHERE state = 'partially_succeeded'`,
    ],
  },
  // The members of audiences.
  { version: 3, statements: memberTables("VARCHAR", HELD_ID) },
  { version: EVENT_PAST_VERSION, statements: eventPast("VARCHAR") },
  { version: SUPPRESSED_VERSION, statements: SUPPRESSED },
  { version: MAY_SHRINK_VERSION, statements: MAY_SHRINK },
  { version: SETTLED_VERSION, statements: settledMembers("VARCHAR") },
];
