/** An event as an entry: written once, and read again only where somebody asks what it says. */
import { canonicalJson } from "../core/digest.js";
import { objectIn, type JsonObject } from "../core/json.js";
import { textOf, writtenText, type Written } from "../core/written.js";
import type { EventEntry, EventHead } from "./entry.js";

/** Makes the entry of an event for one pixel. */
export function eventEntry(identity: string, target: string, event: JsonObject): EventEntry {
  return writtenEvent(identity, target, writtenText(canonicalJson(event)), headOf(event));
}

/** Makes the entry of an event that is written already. */
export function writtenEvent(
  identity: string,
  target: string,
  json: Written,
  head: EventHead,
): EventEntry {
  return { surface: "events", identity, operation: "import", target, items: 1, json, head };
}

/** The fields by which an event is known and judged. */
export function headOf({ event_name, event_id, event_time, action_source }: JsonObject): EventHead {
  return { event_name, event_id, event_time, action_source };
}

/** What an entry says. */
export function eventOf({ json }: EventEntry): JsonObject {
  return objectIn(textOf(json));
}
