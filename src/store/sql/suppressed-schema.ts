/** What makes a store remember whom it may not send any more. */

/** The schema version of both engines that has it. */
export const SUPPRESSED_VERSION = 5;

/** A digest of a key cell, as `members.keys` has it. */
export const SUPPRESSED: readonly string[] = [
  "CREATE TABLE suppressed (key_cell UUID NOT NULL, created_at BIGINT NOT NULL)",
];
