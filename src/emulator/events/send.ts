import type { Event, EventsRequest } from "../../generated/graph.js";
import { done, refused, type Answer } from "../answers/answer.js";
import { unknownObject } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import { conform } from "../requests/conform.js";
import { createPixel, type Pixel } from "../world/pixel.js";
import type { World } from "../world/world.js";
import { checkEvents } from "./check-events.js";
import { isRepeat } from "./is-repeat.js";

/**
 * Takes all events of a request or none. Repeats are counted as received and dropped.
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api
 */
export function sendEvents(world: World, call: Call): Answer {
  const id = call.parameters.get("pixel_id") ?? "";
  if (!world.pixelExists(id)) return refused(unknownObject(id));
  const body = conform("EventsRequest", call.body);
  if (!body.ok) return refused(body.error);
  const refusal = checkEvents(body.value.data, call.now);
  if (refusal !== undefined) return refused(refusal);
  const pixel = pixelOf(world, id);
  takeEvents(world, pixel, body.value, call.now);
  return done({ events_received: body.value.data.length, messages: [], fbtrace_id: call.trace });
}

function pixelOf(world: World, id: string): Pixel {
  const known = world.pixels.get(id);
  if (known !== undefined) return known;
  const pixel = createPixel(id);
  world.pixels.set(id, pixel);
  return pixel;
}

function takeEvents(world: World, pixel: Pixel, request: EventsRequest, now: number): void {
  pixel.counts.requests += 1;
  for (const event of request.data) {
    pixel.counts.received += 1;
    if (request.test_event_code !== undefined) pixel.counts.test += 1;
    if (isRepeat(pixel, event, now)) pixel.counts.duplicates += 1;
    else store(world, pixel, event);
  }
}

function store(world: World, pixel: Pixel, event: Event): void {
  pixel.stored.set(event.event_name, (pixel.stored.get(event.event_name) ?? 0) + 1);
  if (world.eventsToKeep === 0) return;
  world.eventsToKeep -= 1;
  pixel.events.push(event);
}
