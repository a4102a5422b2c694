/** The events of the twins: few, of two pixels. */
import type { EventCandidate } from "../../src/store/event-states.js";
import type { BatchItem } from "../../src/store/ledger.js";
import { candidate, hex, HOUR, item, PIXEL } from "./rows.js";

/** Events with an even number are of the first pixel, the others of the second. */
export const PIXELS = [PIXEL, "300"] as const;

export const DAY = 24 * HOUR;

/** They go by pairs, which are the same but for their pixel. */
export function eventOf(number: number, content: number): EventCandidate {
  return { ...candidate(number, content), routeKey: hex(Math.floor(number / 2)) };
}

/** One as it is sent; the second pixel is one of stores as well. */
export function itemOf(number: number, content: number): BatchItem {
  const maxAgeMs = (number % 2 === 0 ? 7 : 62) * DAY;
  return item(number, { ...eventOf(number, content), maxAgeMs });
}
