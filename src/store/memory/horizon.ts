import { forgottenBefore, longestAge } from "../horizon.js";
import type { BatchItem } from "../ledger.js";
import type { MemoryTables } from "./tables.js";

/** Notes how old the events of a sync may be. */
export function noteAges({ syncs }: MemoryTables, sync: string, items: readonly BatchItem[]): void {
  const row = syncs.get(sync);
  const age = longestAge(items);
  if (row !== undefined && age !== undefined)
    row.longestAgeMs = Math.max(age, row.longestAgeMs ?? 0);
}

/** Forgets what a sync delivered so long ago that it cannot be sent any more. */
export function forgetOld({ syncs, events }: MemoryTables, sync: string, at: number): void {
  const row = syncs.get(sync);
  if (row?.longestAgeMs === undefined) return;
  const before = forgottenBefore(at, row.longestAgeMs);
  for (const [itemId, { eventTime, confirmedAt, sync: of }] of events) {
    if (of !== sync || confirmedAt === undefined) continue;
    if (confirmedAt >= before || eventTime * 1_000 >= before) continue;
    events.delete(itemId);
    row.horizon = Math.max(eventTime, row.horizon ?? eventTime);
  }
}
