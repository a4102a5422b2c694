import { EVENT_PAST_VERSION } from "../sql/event-past-schema.js";
import {
  MAY_SHRINK,
  MAY_SHRINK_VERSION,
  SETTLED_VERSION,
  settledMembers,
} from "../sql/members/tables.js";
import type { Migration } from "../sql/store-meta.js";
import { SUPPRESSED, SUPPRESSED_VERSION } from "../sql/suppressed-schema.js";
import { EVENT_PAST, SCHEMA_1, SCHEMA_3, TEXT } from "./schema.js";

/** From an empty schema to today's, in order. What once shipped is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, statements: SCHEMA_1 },
  // How many records Meta refused for themselves; of those that were retried by then nobody knows.
  {
    version: 2,
    statements: [
      "ALTER TABLE batches ADD COLUMN refused INTEGER NOT NULL DEFAULT 0",
      `UPDATE batches SET refused = (
          SELECT count(*) FROM rejects r
          WHERE r.batch_id = batches.batch_id AND r.origin = 'meta')
        WHERE state = 'partially_succeeded'`,
    ],
  },
  // The members of audiences.
  { version: 3, statements: SCHEMA_3 },
  { version: EVENT_PAST_VERSION, statements: EVENT_PAST },
  {
    version: SUPPRESSED_VERSION,
    statements: [...SUPPRESSED, "ALTER TABLE suppressed ADD PRIMARY KEY (key_cell)"],
  },
  { version: MAY_SHRINK_VERSION, statements: MAY_SHRINK },
  { version: SETTLED_VERSION, statements: settledMembers(TEXT) },
];
