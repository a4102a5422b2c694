/** Synthetic entries, and the requests that planning would make of them. */
import type { Json, JsonObject } from "../../src/core/json.js";
import type { Batch } from "../../src/planning/batch.js";
import type { Planned } from "../../src/planning/planner.js";
import type { MakePart, PlannedRequest } from "../../src/planning/request-maker.js";
import { planRequest } from "../../src/planning/request-plan.js";
import type { AudienceEntry, Entry, EventEntry } from "../../src/surfaces/entry.js";
import { eventEntry } from "../../src/surfaces/event-entry.js";

/** 2026-04-30T12:00:00Z, in milliseconds. */
export const NOW = Date.UTC(2026, 3, 30, 12);

export const HOUR = 3_600_000;

/** An event of an hour ago, but for what the test changes. */
export function event(id: string, changes: JsonObject = {}, target = "456"): EventEntry {
  const event: JsonObject = {
    event_name: "Lead",
    event_id: id,
    event_time: (NOW - HOUR) / 1000,
    action_source: "website",
    ...changes,
  };
  return eventEntry(id, target, event);
}

/** Events `<prefix>-1`, `<prefix>-2` and so on. */
export function events(count: number, prefix = "e", target = "456"): readonly EventEntry[] {
  return Array.from({ length: count }, (_, index) =>
    event(`${prefix}-${String(index + 1)}`, {}, target),
  );
}

/** A record of an audience, with a row for each cell. */
export function person(
  identity: string,
  operation: AudienceEntry["operation"] = "upsert",
  cells: readonly Json[] = [identity],
  target = "VIP",
): AudienceEntry {
  return {
    surface: "custom_audiences",
    operation,
    identity,
    target,
    member: identity,
    items: cells.length,
    columns: [0],
    rows: cells.map((cell) => [cell]),
  };
}

/** The request of some entries of one lane. */
export function planned(entries: readonly Entry[], index = 0, id?: string): PlannedRequest {
  const [first] = entries;
  if (first === undefined) throw new RangeError("a request has entries");
  const { surface, operation, target } = first;
  const batch: Batch = { surface, operation, target, entries };
  const remote = id ?? (surface === "events" ? target : `id-of-${target}`);
  const context = { apiVersion: "v25.0", request: {}, columns: ["EMAIL"] };
  const destination = { id: remote, status: "mapped" } as const;
  const part: MakePart = (some, isPreliminary = false) =>
    planRequest({ ...batch, entries: some, isPreliminary }, index, destination, context);
  return { request: part(entries), entries, part };
}

/** Requests as planning yields them, numbered. */
export function requests(...batches: readonly (readonly Entry[])[]): readonly Planned[] {
  return batches.map((entries, index) => ({ kind: "request", planned: planned(entries, index) }));
}
