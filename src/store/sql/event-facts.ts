/** Event states, as statements find them. */
import type { EventCandidate, EventCounts, EventStanding } from "../event-states.js";
import type { Row } from "./database.js";
import { digest, flag, number, oneOf, optionalNumber, text } from "./read-row.js";
import { undelivered } from "./undelivered.js";

/** Which candidates are asked about: of several of one identity the first. */
export function firstOfEach(
  candidates: readonly EventCandidate[],
): readonly (EventCandidate | undefined)[] {
  const known = new Set<string>();
  return candidates.map((candidate) => {
    if (known.has(candidate.itemId)) return undefined;
    known.add(candidate.itemId);
    return candidate;
  });
}

/** That this run has seen a candidate (`seen`, a table). */
const SEEN = `
  SELECT c.position, 'seen' AS fact, s.content_digest AS digest,
    s.content_digest = c.content_digest AS same, CAST(NULL AS VARCHAR) AS origin,
    CAST(NULL AS BIGINT) AS confirmed_at, CAST(NULL AS BIGINT) AS first_sent_at,
    CAST(NULL AS BIGINT) AS repeat_safe_until
  FROM candidates c JOIN seen s ON s.item_id = c.item_id
  UNION ALL`;

/** What is looked at. */
export interface LookedAt {
  /** Whether what the run has seen is, so that repeats are known. */
  readonly seen: boolean;
  /** Whether the table `ahead` is. */
  readonly ahead: boolean;
  /** The events among which the candidates are looked for, as a table `e`. */
  readonly events: string;
}

/** What is asked about the standings of events. */
export interface StandingsQuestion extends Pick<LookedAt, "seen" | "ahead"> {
  readonly sync: string;
  readonly candidates: readonly EventCandidate[];
  /** Which of them are asked about, see {@link firstOfEach}. */
  readonly asked: readonly (EventCandidate | undefined)[];
}

/**
 * What is known of the candidates, a row for each fact: that this run has seen one, that it was refused,
 * that it was sent, or will have been.
 */
export function factsOf({ seen, ahead, events }: LookedAt): string {
  return `
  ${seen ? SEEN : ""}
  SELECT c.position, 'reject' AS fact, CAST(NULL AS UUID) AS digest,
    r.content_digest = c.content_digest AS same, r.origin AS origin,
    CAST(NULL AS BIGINT) AS confirmed_at, CAST(NULL AS BIGINT) AS first_sent_at,
    CAST(NULL AS BIGINT) AS repeat_safe_until
  FROM candidates c JOIN rejects r ON r.item_id = c.item_id
  WHERE r.sync = $sync AND r.origin <> 'local'
  UNION ALL
  SELECT c.position, 'event', NULL, e.content_digest = c.content_digest, NULL, e.confirmed_at,
    e.first_sent_at, e.repeat_safe_until
  FROM candidates c JOIN ${events} ON e.item_id = c.item_id
  ${ahead ? AHEAD : ""}`;
}

const AHEAD = `
  UNION ALL
  SELECT c.position, 'ahead', NULL, a.content_digest = c.content_digest, NULL, a.confirmed_at,
    a.first_sent_at, a.repeat_safe_until
  FROM candidates c JOIN ahead a ON a.item_id = c.item_id`;

/**
 * What the facts come to, for each candidate.
 *
 * @param asked which of them were asked about; the others are repeats, see {@link firstOfEach}
 */
export function standingsBy(
  candidates: readonly EventCandidate[],
  asked: readonly (EventCandidate | undefined)[],
  rows: readonly Row[],
): readonly EventStanding[] {
  const facts = new Map<number, Row[]>();
  for (const row of rows) {
    const position = number(row, "position");
    facts.set(position, [...(facts.get(position) ?? []), row]);
  }
  const firsts = new Map<string, number>();
  return candidates.map((candidate, index) => {
    if (asked[index] !== undefined) {
      firsts.set(candidate.itemId, index);
      return standing(candidate, facts.get(index) ?? []);
    }
    const first = firsts.get(candidate.itemId) ?? index;
    const seen = fact(facts.get(first) ?? [], "seen");
    const earlier = seen ? digest(seen, "digest") : candidates[first]?.contentDigest;
    return { kind: "repeated", same: earlier === candidate.contentDigest };
  });
}

function fact(facts: readonly Row[], kind: string): Row | undefined {
  return facts.find((row) => row["fact"] === kind);
}

function standing({ contentDigest }: EventCandidate, facts: readonly Row[]): EventStanding {
  const seen = fact(facts, "seen");
  if (seen) return { kind: "repeated", same: digest(seen, "digest") === contentDigest };
  const event = fact(facts, "ahead") ?? fact(facts, "event");
  if (event && optionalNumber(event, "confirmed_at") !== undefined)
    return { kind: "delivered", same: flag(event, "same") };
  const firstSentAt = event && optionalNumber(event, "first_sent_at");
  const reject = fact(facts, "reject");
  if (reject) {
    const origin = oneOf(reject, "origin", ["meta", "operator"]);
    const isGivenUp = origin === "operator" && firstSentAt !== undefined;
    if (flag(reject, "same") || isGivenUp) return { kind: "rejected", origin };
  }
  return event === undefined || firstSentAt === undefined
    ? { kind: "new" }
    : { kind: "unanswered", firstSentAt, repeatSafeUntil: number(event, "repeat_safe_until") };
}

/** Events by pixel and state. What is delivered is counted as it lies there; the others are few. */
export const COUNTS = `
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
      SELECT u.*, confirmed_at IS NULL AND first_sent_at IS NOT NULL
        AND item_id NOT IN (SELECT item_id FROM rejects WHERE origin <> 'local') AS is_open
      FROM ${undelivered(true)} u
    ) o GROUP BY pixel_id
  ) c GROUP BY pixel_id ORDER BY pixel_id`;

/** A row of {@link COUNTS}. */
export function countsIn(row: Row): EventCounts {
  return {
    pixelId: text(row, "pixel_id"),
    delivered: number(row, "delivered"),
    unanswered: number(row, "unanswered"),
    inDoubt: number(row, "in_doubt"),
  };
}
