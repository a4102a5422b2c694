import { MAX_EVENT_AGE_SECONDS } from "../../../src/generated/constants.js";
import { byActionSource } from "../../../src/surfaces/by-action-source.js";
import { eventKeys, type Send } from "../knowledge.js";
import type { Facts } from "./invariant.js";

const limitOf = byActionSource(MAX_EVENT_AGE_SECONDS);

/** Seconds for which a delivered event is known beyond its limit: §7 of delivery.md. */
const MARGIN = 2 * 24 * 3_600;

/** Whether a delivered event is old enough to be forgotten, and lies behind the horizon of its sync. */
export function mayBeForgotten(
  key: string,
  last: Send | undefined,
  { now, tables }: Pick<Facts, "now" | "tables">,
): boolean {
  if (last?.sent.request.kind !== "events") return false;
  const item = last.sent.request.items[eventKeys(last.sent).indexOf(key)];
  if (item === undefined) return false;
  const { horizon = -Infinity } = tables.syncs.get(last.sent.row?.sync ?? "") ?? {};
  const before = now() / 1_000 - limitOf(item.actionSource) - MARGIN;
  return item.time <= horizon && item.time < before && last.leftAt / 1_000 < before;
}
