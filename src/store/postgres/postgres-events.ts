import type { EventStates, EventStanding } from "../event-states.js";
import type { Transaction } from "../sql/database.js";
import {
  COUNTS,
  countsIn,
  factsOf,
  firstOfEach,
  standingsBy,
  type StandingsQuestion,
} from "../sql/event-facts.js";
import { orElsewhere } from "../sql/sent-elsewhere.js";
import { all, type PostgresDatabase } from "./database.js";

/** Event states on a server, where `ahead` is a view that is always there. */
export function postgresEvents(database: PostgresDatabase, reading: boolean): EventStates {
  let seenOf: number | undefined;
  return {
    standings: async (runId, sync, candidates) => {
      if (candidates.length === 0) return [];
      if (seenOf !== runId) await database.temporary("forget seen", all(SEEN));
      seenOf = runId;
      // A dry run sees what a run would find; a run has folded what was there before it.
      const ahead = reading || runId < 0;
      const asked = firstOfEach(candidates);
      const question = { sync, candidates, asked, seen: true, ahead };
      return database.read("standings", (transaction) => standingsOf(transaction, question));
    },
    lateStandings: async (runId, sync, candidates) => {
      if (candidates.length === 0) return [];
      const ahead = reading || runId < 0;
      const question = { sync, candidates, asked: candidates, seen: false, ahead };
      return database.read("late standings", (transaction) => standingsOf(transaction, question));
    },
    counts: (now) =>
      database.read("count events", async (transaction) =>
        (await transaction.rows(COUNTS, { now })).map(countsIn),
      ),
  };
}

/** What the run has asked about before; of this connection only. */
const SEEN: readonly string[] = [
  "DROP TABLE IF EXISTS pg_temp.seen",
  "CREATE TEMP TABLE seen (item_id UUID PRIMARY KEY, content_digest UUID NOT NULL)",
];

const REMEMBER = `
  INSERT INTO seen SELECT item_id, content_digest FROM candidates ON CONFLICT (item_id) DO NOTHING`;

async function standingsOf(
  transaction: Transaction,
  { sync, candidates, asked, seen, ahead }: StandingsQuestion,
): Promise<readonly EventStanding[]> {
  const about = await transaction.about(asked);
  const events = "events e";
  const facts = await about.rows(factsOf({ seen, ahead, events }), { sync });
  if (seen) await about.run(REMEMBER);
  return orElsewhere(about, standingsBy(candidates, asked, facts), { sync, ahead, events });
}
