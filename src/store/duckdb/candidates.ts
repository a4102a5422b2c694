import type { Transaction } from "./database.js";

/** A record that is asked about. */
interface Candidate {
  readonly itemId: string;
  readonly contentDigest: string;
}

/**
 * Puts the records that are asked about into the table `candidates`, by position from 0. It is made
 * anew each time: what is deleted from a table in memory still takes room there.
 */
export async function putCandidates(
  transaction: Transaction,
  candidates: readonly (Candidate | undefined)[],
): Promise<void> {
  await transaction.run(
    "CREATE OR REPLACE TEMP TABLE candidates (position INTEGER, item_id UUID, content_digest UUID)",
  );
  await transaction.append(
    "candidates",
    candidates.flatMap((candidate, position) =>
      candidate === undefined ? [] : [[position, candidate.itemId, candidate.contentDigest]],
    ),
  );
}
