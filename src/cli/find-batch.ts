import type { Ledger, LoggedBatch } from "../store/ledger.js";

/** A request with the parts that it went on in. */
export interface FoundBatch {
  readonly batch: LoggedBatch;
  /** In their order. */
  readonly parts: readonly LoggedBatch[];
}

/** More than a run has. */
const MANY = 1_000_000;

/** A request by its id, which starts with that of its run. */
export async function findBatch(
  ledger: Pick<Ledger, "list">,
  batchId: string,
): Promise<FoundBatch | undefined> {
  const run = /^(\d{1,9})-/.exec(batchId)?.[1];
  if (run === undefined) return undefined;
  const ofRun = await ledger.list({ runId: Number(run), limit: MANY });
  const batch = ofRun.find((one) => one.batchId === batchId);
  const parts = ofRun.filter(({ parent }) => parent === batchId).reverse();
  return batch && { batch, parts };
}
