import { HOURLY_CALLS } from "../../generated/constants.js";
import type { World } from "../world/world.js";
import { createMeter, type Meter } from "./meter.js";

/** The access tier that the emulated app has. */
export const TIER = "standard_access";

/** How much of one hourly limit is used up. */
export interface Share {
  readonly percent: number;
  /** Minutes until a call is taken again; 0 when nothing is blocked. */
  readonly regainMinutes: number;
}

/** What a call has used up: of the app's limit, and of its ad account's for audiences, if it has one. */
export interface Usage {
  readonly app: Share;
  readonly account: (Share & { readonly id: string }) | undefined;
}

/**
 * Counts a call and tells what is used up by now, this call included. Calls that are refused count too.
 *
 * @param accountId of calls about audiences
 * @param now Unix seconds
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/overview/rate-limiting
 */
export function countCall(world: World, accountId: string | undefined, now: number): Usage {
  world.appMeter.count(now);
  const app = shareOf(world.appMeter, world.callsPerHour ?? hourlyCalls(world.audiences.size), now);
  if (accountId === undefined) return { app, account: undefined };
  const meter = world.accountMeters.get(accountId) ?? createMeter();
  world.accountMeters.set(accountId, meter);
  meter.count(now);
  const limit = world.callsPerHour ?? hourlyCalls(audiencesOf(world, accountId));
  return { app, account: { id: accountId, ...shareOf(meter, limit, now) } };
}

function shareOf(meter: Meter, limit: number, now: number): Share {
  const calls = meter.left(now, 0);
  let regainMinutes = 0;
  if (calls > limit) while (meter.left(now, regainMinutes) >= limit) regainMinutes += 1;
  return { percent: Math.floor((100 * calls) / limit), regainMinutes };
}

/** Meta documents no number for an app; it gets what one ad account with all audiences would have. */
function hourlyCalls(audiences: number): number {
  const { base, each, most } = HOURLY_CALLS[TIER];
  return Math.min(base + each * audiences, most);
}

function audiencesOf(world: World, accountId: string): number {
  let count = 0;
  for (const audience of world.audiences.values()) if (audience.accountId === accountId) count += 1;
  return count;
}
