/** How long after it happened an event may still be sent. */
import { MAX_EVENT_AGE_SECONDS } from "../generated/constants.js";
import { byActionSource } from "./by-action-source.js";
import type { EventHead } from "./entry.js";

/** A margin, so that an event does not grow too old between our clock and Meta's. */
const MARGIN_SECONDS = 600;

const maxAge = byActionSource(MAX_EVENT_AGE_SECONDS);

/** How old Meta still takes an event, in seconds. */
export function acceptedAgeSeconds(event: EventHead): number {
  return maxAge(event.action_source);
}

/**
 * The last instant, in Unix seconds, at which an event may be sent; `Infinity` for one without a
 * time. One event beyond it and Meta refuses the whole request.
 *
 * @param maxAgeSeconds narrows Meta's own limit and never widens it
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api
 */
export function lastSendingSeconds(event: EventHead, maxAgeSeconds: number | undefined): number {
  const time = event.event_time;
  if (typeof time !== "number") return Infinity;
  const accepted = acceptedAgeSeconds(event) - MARGIN_SECONDS;
  return time + Math.min(accepted, maxAgeSeconds ?? Infinity);
}

/**
 * True when it is too late to send an event.
 *
 * @param now milliseconds since 1970
 */
export function isTooOld(
  event: EventHead,
  now: number,
  maxAgeSeconds: number | undefined,
): boolean {
  return now / 1000 > lastSendingSeconds(event, maxAgeSeconds);
}
