import type { EventStates, EventStanding } from "../event-states.js";
import type { Engine, Transaction } from "../sql/database.js";
import {
  COUNTS,
  countsIn,
  factsOf,
  firstOfEach,
  standingsBy,
  type StandingsQuestion,
} from "../sql/event-facts.js";
import { orElsewhere } from "../sql/sent-elsewhere.js";
import { lookingAhead } from "./fold.js";

/** Event states in DuckDB. */
export function duckdbEvents({ database, ahead }: Pick<Engine, "database" | "ahead">): EventStates {
  let seenOf: number | undefined;
  return {
    standings: async (runId, sync, candidates) => {
      if (candidates.length === 0) return [];
      const standings = await database.read("standings", async (transaction) => {
        if (seenOf !== runId) await transaction.run(SEEN);
        // A dry run sees what a run would find; a run has folded what was there before it.
        const looks = ahead || runId < 0;
        const asked = firstOfEach(candidates);
        const question = { sync, candidates, asked, seen: true, ahead: looks };
        const ask = () => standingsOf(transaction, question);
        const found = await (looks && !ahead ? lookingAhead(transaction, ask) : ask());
        const repeats = found.some(({ kind }) => kind === "repeated");
        await transaction.run(repeats ? REMEMBER_NEW : REMEMBER);
        return found;
      });
      seenOf = runId;
      return standings;
    },
    lateStandings: async (runId, sync, candidates) => {
      if (candidates.length === 0) return [];
      return database.read("late standings", async (transaction) => {
        const looks = ahead || runId < 0;
        const question = { sync, candidates, asked: candidates, seen: false, ahead: looks };
        const ask = () => standingsOf(transaction, question);
        return looks && !ahead ? lookingAhead(transaction, ask) : ask();
      });
    },
    counts: (now) =>
      database.read("count events", async (transaction) => {
        const count = () => transaction.rows(COUNTS, { now });
        const rows = await (ahead ? count() : lookingAhead(transaction, count));
        return rows.map(countsIn);
      }),
  };
}

const SEEN = "CREATE OR REPLACE TEMP TABLE seen (item_id UUID, content_digest UUID)";

const REMEMBER = "INSERT INTO seen SELECT item_id, content_digest FROM candidates";
const REMEMBER_NEW = `${REMEMBER} WHERE item_id NOT IN (SELECT item_id FROM seen)`;

/**
 * Events are looked for by one key alone, before their rows are read: of ten million rows it is one
 * column that is read whole.
 */
const foundBy = (key: "item_id" | "route_key") => `(
  SELECT * FROM events
  WHERE rowid IN (SELECT f.rowid FROM events f JOIN candidates d ON d.${key} = f.${key})) e`;

async function standingsOf(
  transaction: Transaction,
  { sync, candidates, asked, seen, ahead }: StandingsQuestion,
): Promise<readonly EventStanding[]> {
  const about = await transaction.about(asked);
  const facts = await about.rows(factsOf({ seen, ahead, events: foundBy("item_id") }), { sync });
  const elsewhere = { sync, ahead, events: foundBy("route_key") };
  return orElsewhere(about, standingsBy(candidates, asked, facts), elsewhere);
}
