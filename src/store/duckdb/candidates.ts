import type { RejectCandidate } from "../rejects.js";
import type { Transaction } from "./database.js";

/** Puts the records that are asked about into the table `candidates`, by position from 0. */
export async function appendCandidates(
  transaction: Transaction,
  candidates: readonly Pick<RejectCandidate, "itemId" | "contentDigest">[],
): Promise<void> {
  await transaction.run("DELETE FROM candidates");
  await transaction.append(
    "candidates",
    candidates.map(({ itemId, contentDigest }, position) => [
      position,
      { uuid: itemId },
      { uuid: contentDigest },
    ]),
  );
}
