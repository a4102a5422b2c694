import { DEDUP_SECONDS } from "../../generated/constants.js";
import type { Event } from "../../generated/graph.js";
import { byActionSource } from "../../surfaces/by-action-source.js";
import type { Pixel } from "../world/pixel.js";

const dedupWindow = byActionSource(DEDUP_SECONDS);

/** Offline events are compared with offline events only. */
const OFFLINE_SOURCE = "physical_store";

/**
 * True when Meta drops an event because it has had one of the same name and id; remembers the
 * others. The window counts from the first receipt, whatever came in between.
 *
 * @param now Unix seconds
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/deduplicate-pixel-and-server-events
 */
export function isRepeat(pixel: Pixel, event: Event, now: number): boolean {
  const id = event.event_id;
  const window = dedupWindow(event.action_source);
  if (id === undefined || id === "" || window === 0) return false;
  const receipts = receiptsOf(pixel, event);
  const first = receipts.get(id);
  if (first !== undefined && now - first < window) return true;
  receipts.set(id, now);
  return false;
}

function receiptsOf(pixel: Pixel, event: Event): Map<string, number> {
  const offline = event.action_source === OFFLINE_SOURCE;
  const name = `${offline ? "offline" : "online"} ${event.event_name}`;
  const known = pixel.firstReceipts.get(name);
  if (known !== undefined) return known;
  const receipts = new Map<string, number>();
  pixel.firstReceipts.set(name, receipts);
  return receipts;
}
