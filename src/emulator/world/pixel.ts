import type { Event } from "../../generated/graph.js";

/** What one pixel was told. */
export interface Pixel {
  readonly id: string;
  readonly counts: EventCounts;
  /** Events that count, by name. */
  readonly stored: Map<string, number>;
  /** Events that count, whole, in order of arrival, as far as the emulator keeps them. */
  readonly events: Event[];
  /** First receipt in Unix seconds, by the name (with its realm) and then by the id of an event. */
  readonly firstReceipts: Map<string, Map<string, number>>;
}

/** Counts over all accepted requests of a pixel. */
export interface EventCounts {
  requests: number;
  /** Events in accepted requests: what the answers' `events_received` add up to. */
  received: number;
  /** Repeats that Meta drops. */
  duplicates: number;
  /** Received with a `test_event_code`; they count like all others. */
  test: number;
}

/** A pixel that was told nothing yet. */
export function createPixel(id: string): Pixel {
  return {
    id,
    counts: { requests: 0, received: 0, duplicates: 0, test: 0 },
    stored: new Map(),
    events: [],
    firstReceipts: new Map(),
  };
}
