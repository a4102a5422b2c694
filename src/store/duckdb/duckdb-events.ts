import type { EventCandidate, EventCounts, EventStanding, EventStates } from "../event-states.js";
import { putCandidates } from "./candidates.js";
import type { Database, Row, Transaction } from "./database.js";
import { lookingAhead, undelivered } from "./fold.js";
import { digest, flag, number, oneOf, optionalNumber, text } from "./read-row.js";

/**
 * Event states in DuckDB.
 *
 * @param ahead whether the table `ahead` is there: how events will be once everything is folded
 */
export function duckdbEvents(database: Database, ahead: boolean): EventStates {
  let seenOf: number | undefined;
  return {
    standings: async (runId, sync, candidates) => {
      if (candidates.length === 0) return [];
      const standings = await database.transaction("standings", async (transaction) => {
        if (seenOf !== runId) await transaction.run(SEEN);
        // A dry run sees what a run would find; a run has folded what was there before it.
        const looks = ahead || runId < 0;
        const ask = () => standingsOf(transaction, { sync, candidates, ahead: looks });
        const found = await (looks && !ahead ? lookingAhead(transaction, ask) : ask());
        const repeats = found.some(({ kind }) => kind === "repeated");
        await transaction.run(repeats ? REMEMBER_NEW : REMEMBER);
        return found;
      });
      seenOf = runId;
      return standings;
    },
    counts: (now) =>
      database.transaction("count events", async (transaction) => {
        const count = () => transaction.rows(COUNTS, { now });
        const rows = await (ahead ? count() : lookingAhead(transaction, count));
        return rows.map(counts);
      }),
  };
}

const SEEN = "CREATE OR REPLACE TEMP TABLE seen (item_id UUID, content_digest UUID)";

const REMEMBER = "INSERT INTO seen SELECT item_id, content_digest FROM candidates";
const REMEMBER_NEW = `${REMEMBER} WHERE item_id NOT IN (SELECT item_id FROM seen)`;

interface Question {
  readonly sync: string;
  readonly candidates: readonly EventCandidate[];
  readonly ahead: boolean;
}

async function standingsOf(
  transaction: Transaction,
  { sync, candidates, ahead }: Question,
): Promise<readonly EventStanding[]> {
  const firsts = new Map<string, EventCandidate>();
  const asked = candidates.map((candidate) => {
    if (firsts.has(candidate.itemId)) return undefined;
    firsts.set(candidate.itemId, candidate);
    return candidate;
  });
  await putCandidates(transaction, asked);
  const facts = new Map<string, Row[]>();
  for (const row of await transaction.rows(factsOf(ahead), { sync })) {
    const itemId = asked[number(row, "position")]?.itemId ?? "";
    facts.set(itemId, [...(facts.get(itemId) ?? []), row]);
  }
  return candidates.map((candidate, index) => {
    const known = facts.get(candidate.itemId) ?? [];
    if (asked[index] !== undefined) return standing(candidate, known);
    const seen = fact(known, "seen");
    const first = seen ? digest(seen, "digest") : firsts.get(candidate.itemId)?.contentDigest;
    return { kind: "repeated", same: first === candidate.contentDigest };
  });
}

/**
 * What is known of the candidates. Those among the events are looked for by their ids alone, before
 * their rows are read: of ten million rows it is one column that is read whole.
 */
function factsOf(ahead: boolean): string {
  return `
  SELECT c.position, 'seen' AS fact, s.content_digest AS digest,
    s.content_digest = c.content_digest AS same, NULL AS origin, NULL AS confirmed_at,
    NULL AS first_sent_at, NULL AS repeat_safe_until
  FROM candidates c JOIN seen s ON s.item_id = c.item_id
  UNION ALL
  SELECT c.position, 'reject', NULL, NULL, r.origin, NULL, NULL, NULL
  FROM candidates c JOIN rejects r ON r.item_id = c.item_id
    AND r.content_digest = c.content_digest
  WHERE r.sync = $sync AND r.origin <> 'local'
  UNION ALL
  SELECT c.position, 'event', NULL, e.content_digest = c.content_digest, NULL, e.confirmed_at,
    e.first_sent_at, e.repeat_safe_until
  FROM candidates c JOIN events e ON e.item_id = c.item_id
  WHERE e.rowid IN (SELECT f.rowid FROM events f JOIN candidates d ON d.item_id = f.item_id)
  ${ahead ? AHEAD : ""}`;
}

const AHEAD = `
  UNION ALL
  SELECT c.position, 'ahead', NULL, a.content_digest = c.content_digest, NULL, a.confirmed_at,
    a.first_sent_at, a.repeat_safe_until
  FROM candidates c JOIN ahead a ON a.item_id = c.item_id`;

function fact(facts: readonly Row[], kind: string): Row | undefined {
  return facts.find((row) => row["fact"] === kind);
}

function standing({ contentDigest }: EventCandidate, facts: readonly Row[]): EventStanding {
  const seen = fact(facts, "seen");
  if (seen) return { kind: "repeated", same: digest(seen, "digest") === contentDigest };
  const event = fact(facts, "ahead") ?? fact(facts, "event");
  if (event && optionalNumber(event, "confirmed_at") !== undefined)
    return { kind: "delivered", same: flag(event, "same") };
  const reject = fact(facts, "reject");
  if (reject) return { kind: "rejected", origin: oneOf(reject, "origin", ["meta", "operator"]) };
  const firstSentAt = event && optionalNumber(event, "first_sent_at");
  return event === undefined || firstSentAt === undefined
    ? { kind: "new" }
    : { kind: "unanswered", firstSentAt, repeatSafeUntil: number(event, "repeat_safe_until") };
}

/** What is delivered is counted as it lies there; the others are few. */
const COUNTS = `
  SELECT pixel_id, sum(delivered) AS delivered, sum(unanswered) AS unanswered,
    sum(in_doubt) AS in_doubt
  FROM (
    SELECT pixel_id, count(*) AS delivered, 0 AS unanswered, 0 AS in_doubt
    FROM events WHERE confirmed_at IS NOT NULL GROUP BY pixel_id
    UNION ALL
    SELECT pixel_id, count(*) FILTER (WHERE confirmed_at IS NOT NULL),
      count(*) FILTER (WHERE is_open AND repeat_safe_until >= $now),
      count(*) FILTER (WHERE is_open AND repeat_safe_until < $now)
    FROM (
      SELECT *, confirmed_at IS NULL AND first_sent_at IS NOT NULL
        AND item_id NOT IN (SELECT item_id FROM rejects WHERE origin <> 'local') AS is_open
      FROM ${undelivered(true)} u
    ) o GROUP BY pixel_id
  ) c GROUP BY pixel_id ORDER BY pixel_id`;

function counts(row: Row): EventCounts {
  return {
    pixelId: text(row, "pixel_id"),
    delivered: number(row, "delivered"),
    unanswered: number(row, "unanswered"),
    inDoubt: number(row, "in_doubt"),
  };
}
