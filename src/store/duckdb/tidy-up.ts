import type { Transaction } from "./database.js";
import { foldBatches } from "./fold.js";

/** The run that a store works for, which this process has started. */
export interface UnderWay {
  runId: number | undefined;
}

/**
 * Puts in order what runs left behind whose process has ended.
 *
 * @param underWay the run that goes on, if one does
 */
export async function tidyUp(transaction: Transaction, underWay?: number): Promise<void> {
  const ended = { underWay: underWay ?? 0 };
  await transaction.run(
    "UPDATE batches SET state = 'unknown' WHERE state = 'sending' AND run_id <> $underWay",
    ended,
  );
  await transaction.run(
    "UPDATE batches SET state = 'superseded' WHERE state = 'pending' AND run_id <> $underWay",
    ended,
  );
  await foldBatches(transaction, "left_behind", underWay);
  await transaction.run(
    "UPDATE runs SET status = 'unfinished' WHERE status IS NULL AND run_id <> $underWay",
    ended,
  );
}
