/** How long an event may be sent again without being counted twice. */
import type { Json } from "../core/json.js";
import { DEDUP_SECONDS, DEDUP_WITHOUT_ID, type ActionSource } from "../generated/constants.js";
import { isBlank } from "../mapping/convert.js";
import { byActionSource } from "./by-action-source.js";
import type { EventHead } from "./entry.js";

const HOUR_SECONDS = 3600;

/**
 * What is taken off Meta's windows, since its clock starts when it receives the event and ours when
 * we send it. Two hours cover slow answers and clocks that differ. Meta states the window of stores
 * in days, and not where a day ends, so it loses a whole one.
 */
const MARGIN_SECONDS = {
  default: 2 * HOUR_SECONDS,
  physical_store: 24 * HOUR_SECONDS,
} satisfies Partial<Record<ActionSource | "default", number>>;

const dedupWindow = byActionSource(DEDUP_SECONDS);
const margin = byActionSource(MARGIN_SECONDS);
const sourcesWithoutId: ReadonlySet<Json | undefined> = new Set(DEDUP_WITHOUT_ID);

/**
 * The seconds after its first sending in which Meta drops a second copy of an event; 0 when it
 * drops none. Copies must have the same content.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/deduplicate-pixel-and-server-events
 */
export function repeatSafeSeconds(event: EventHead): number {
  const source = event.action_source;
  if (isBlank(event.event_id) && !sourcesWithoutId.has(source)) return 0;
  return Math.max(0, dedupWindow(source) - margin(source));
}
