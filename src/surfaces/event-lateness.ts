/** Whether it is too late to send an event, and since when. */
import type { EventHead } from "./entry.js";
import { isTooOld } from "./event-age.js";

/** By what it is too late for events. */
export interface LatenessOptions {
  /** The instant of planning in milliseconds; without it no age is checked. */
  readonly now: number | undefined;
  /** Narrows Meta's own age limit. */
  readonly maxAgeSeconds: number | undefined;
  /** When the sync first ran, in milliseconds; `undefined` of one that keeps no history. */
  readonly firstStart: number | undefined;
  /** Unix seconds: nothing that happened then or before is sent, whatever Meta takes by now. */
  readonly horizon: number | undefined;
}

/** Why it is too late. */
export type Lateness =
  /** It was before the sync first ran: nobody expects it at Meta. */
  | "before_first_run"
  /** It may be delivered and forgotten. */
  | "behind_horizon"
  /** It has grown too old since. */
  | "too_old";

/** Why it is too late to send an event; `undefined` when it is not. */
export function latenessOf(event: EventHead, options: LatenessOptions): Lateness | undefined {
  const { now, maxAgeSeconds, firstStart, horizon = -Infinity } = options;
  const time = event.event_time;
  const isOld = now !== undefined && isTooOld(event, now, maxAgeSeconds);
  const hasHistory = firstStart !== undefined;
  if (isOld && hasHistory && isTooOld(event, firstStart, maxAgeSeconds)) return "before_first_run";
  // Without a history, what grew too old is told as such.
  if (isOld && !hasHistory) return "too_old";
  if (typeof time === "number" && time <= horizon) return "behind_horizon";
  return isOld ? "too_old" : undefined;
}
