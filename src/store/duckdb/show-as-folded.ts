import type { Transaction } from "../sql/database.js";
import { lookAhead } from "./fold.js";

/** How batches and runs are found whose process has ended, in place of the tables of the file. */
const VIEWS: readonly string[] = [
  `CREATE TEMP VIEW batches AS SELECT * REPLACE (
    CASE state WHEN 'sending' THEN 'unknown' WHEN 'pending' THEN 'superseded' ELSE state END
      AS state) FROM store.main.batches`,
  `CREATE TEMP VIEW runs AS SELECT * REPLACE (coalesce(status, 'unfinished') AS status)
    FROM store.main.runs`,
];

/**
 * Shows a file that is only read as the next run will find it: while it is open here, no run is
 * under way.
 */
export async function showAsFolded(transaction: Transaction): Promise<void> {
  await lookAhead(transaction);
  for (const view of VIEWS) await transaction.run(view);
}
