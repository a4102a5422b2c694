import { firstElsewhere, type ElsewhereStanding } from "../elsewhere.js";
import type { EventCandidate, EventCounts, EventStanding, EventStates } from "../event-states.js";
import { eventsToFold } from "./fold.js";
import { compareTexts } from "../text-order.js";
import { keyOf, refusedEvents, type EventRow, type MemoryTables } from "./tables.js";

/** Event states in memory. */
export function memoryEvents(tables: MemoryTables): EventStates {
  let seen: Seen = { runId: 0, events: new Map() };
  return {
    standings: (runId, sync, candidates) => {
      if (candidates.length === 0) return Promise.resolve([]);
      if (seen.runId !== runId) seen = { runId, events: new Map() };
      const known = knownOf(tables, runId, sync, candidates);
      return Promise.resolve(
        candidates.map(
          (candidate) => repeatOf(seen, candidate) ?? standing(tables, known, sync, candidate),
        ),
      );
    },
    lateStandings: (runId, sync, candidates) => {
      const known = knownOf(tables, runId, sync, candidates);
      return Promise.resolve(
        candidates.map((candidate) => standing(tables, known, sync, candidate)),
      );
    },
    counts: (now) => Promise.resolve(counts(tables, now)),
  };
}

/** Content digests of the candidates of one run, by event. */
interface Seen {
  readonly runId: number;
  readonly events: Map<string, string>;
}

/** Whether the run has had this identity before; remembers it. */
function repeatOf(
  { events }: Seen,
  { itemId, contentDigest }: EventCandidate,
): EventStanding | undefined {
  const earlier = events.get(itemId);
  if (earlier !== undefined) return { kind: "repeated", same: earlier === contentDigest };
  events.set(itemId, contentDigest);
  return undefined;
}

/** What is known of earlier runs' events. */
interface Known {
  /** By item id. */
  readonly events: ReadonlyMap<string, EventRow>;
  /** By route key: how it stands at the pixels to which it was sent. */
  readonly elsewhere: ReadonlyMap<string, ElsewhereStanding>;
}

function knownOf(
  tables: MemoryTables,
  runId: number,
  sync: string,
  candidates: readonly EventCandidate[],
): Known {
  const events = eventsKnown(tables, runId);
  return { events, elsewhere: sentBy(events, sync, candidates) };
}

/**
 * A dry run sees what a run would find: folded. A run has folded what was there before it, and knows
 * its own events as repeats.
 */
function eventsKnown(tables: MemoryTables, runId: number): Known["events"] {
  return runId < 0 ? new Map([...tables.events, ...eventsToFold(tables)]) : tables.events;
}

/** Where a sync sent some events. */
function sentBy(
  events: Known["events"],
  sync: string,
  candidates: readonly EventCandidate[],
): Known["elsewhere"] {
  const asked = new Set(candidates.map(({ routeKey }) => routeKey));
  const sent = new Map<string, ElsewhereStanding>();
  for (const event of events.values()) {
    const { routeKey, confirmedAt, firstSentAt } = event;
    if (event.sync !== sync || !asked.has(routeKey)) continue;
    if (confirmedAt === undefined && firstSentAt === undefined) continue;
    sent.set(routeKey, firstElsewhere(sent.get(routeKey), elsewhereStanding(event)));
  }
  return sent;
}

function elsewhereStanding({ confirmedAt, pixelId, repeatSafeUntil }: EventRow): ElsewhereStanding {
  return confirmedAt === undefined
    ? { kind: "unanswered_elsewhere", pixelId, repeatSafeUntil }
    : { kind: "delivered_elsewhere", pixelId };
}

function standing(
  { rejects }: MemoryTables,
  { events, elsewhere }: Known,
  sync: string,
  { itemId, contentDigest, routeKey }: EventCandidate,
): EventStanding {
  const event = events.get(itemId);
  if (event?.confirmedAt !== undefined)
    return { kind: "delivered", same: event.contentDigest === contentDigest };
  const reject = rejects.get(keyOf(sync, itemId));
  if (reject !== undefined && reject.origin !== "local") {
    const { origin } = reject;
    const same = reject.contentDigest === contentDigest;
    const isGivenUp = origin === "operator" && event?.firstSentAt !== undefined;
    if (same || isGivenUp) return { kind: "rejected", origin };
  }
  if (event?.firstSentAt !== undefined) {
    const { firstSentAt, repeatSafeUntil } = event;
    return { kind: "unanswered", firstSentAt, repeatSafeUntil };
  }
  return elsewhere.get(routeKey) ?? { kind: "new" };
}

function counts(tables: MemoryTables, now: number): readonly EventCounts[] {
  const refused = refusedEvents(tables.rejects.values());
  const byPixel = new Map<string, { delivered: number; unanswered: number; inDoubt: number }>();
  for (const event of new Map([...tables.events, ...eventsToFold(tables)]).values()) {
    const state = stateOf(event, refused, now);
    const pixel = byPixel.get(event.pixelId) ?? { delivered: 0, unanswered: 0, inDoubt: 0 };
    if (state !== undefined) pixel[state] += 1;
    byPixel.set(event.pixelId, pixel);
  }
  return [...byPixel]
    .sort(([a], [b]) => compareTexts([a], [b]))
    .map(([pixelId, of]) => ({ pixelId, ...of }));
}

function stateOf(
  event: EventRow,
  refused: ReadonlySet<string>,
  now: number,
): "delivered" | "unanswered" | "inDoubt" | undefined {
  if (event.confirmedAt !== undefined) return "delivered";
  if (event.firstSentAt === undefined) return undefined;
  if (refused.has(event.itemId)) return undefined;
  return now <= event.repeatSafeUntil ? "unanswered" : "inDoubt";
}
