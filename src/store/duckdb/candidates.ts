import type { Candidate, Transaction } from "../sql/database.js";

/**
 * Puts the records that are asked about into the table `candidates`, by position from 0. It is made
 * anew each time: what is deleted from a table in memory still takes room there.
 */
export async function putCandidates(
  { run, append }: Pick<Transaction, "run" | "append">,
  candidates: readonly (Candidate | undefined)[],
): Promise<void> {
  await run(
    "CREATE OR REPLACE TEMP TABLE candidates (position INTEGER, item_id UUID, content_digest UUID, route_key UUID)",
  );
  await append(
    "candidates",
    candidates.flatMap((candidate, position) =>
      candidate === undefined
        ? []
        : [[position, candidate.itemId, candidate.contentDigest, candidate.routeKey]],
    ),
  );
}
