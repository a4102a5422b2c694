import { endedRuns, leftBehind } from "./batch-conditions.js";
import type { Engine, Transaction } from "./database.js";
import { dropChanges } from "./members/proven-members.js";
import { takeInSettled } from "./members/settled-members.js";

/** Puts in order what runs left behind that do not go on; gives those that do. */
export async function tidyUp(transaction: Transaction, engine: Engine): Promise<readonly number[]> {
  const { liveRuns, fold, withRoom } = engine;
  const live = await liveRuns(transaction);
  const ended = endedRuns(live);
  await transaction.run(
    `UPDATE batches SET state = 'unknown' WHERE state = 'sending' AND ${ended}`,
  );
  await transaction.run(
    `UPDATE batches SET state = 'superseded' WHERE state = 'pending' AND ${ended}`,
  );
  await fold(transaction, leftBehind(live));
  await takeInSettled(transaction, engine);
  await withRoom(transaction, () => dropChanges(transaction, ended));
  await transaction.run(`UPDATE runs SET status = 'unfinished' WHERE status IS NULL AND ${ended}`);
  return live;
}
