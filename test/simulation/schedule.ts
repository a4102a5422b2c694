/** What a seed stands for: how a schedule is set up, before anything happens in it. */
import type { Binding } from "../../src/config/binding.js";
import type { DoubtPolicy } from "../../src/config/sync-file.js";
import type { Surface } from "../../src/core/outcome.js";
import type { MatchingKind } from "../../src/emulator/world/matching.js";
import { drawRetries, type Beginning, type Setting } from "./setting.js";
import type { Chance } from "./time/chance.js";

/** The setting of a schedule. */
export interface Schedule extends Setting {
  readonly onDoubt: DoubtPolicy;
  readonly records: number;
  /** Runs with faults, at least. */
  readonly runs: number;
  /** Whether the runs come day by day, or mostly one soon after the other. */
  readonly daily: boolean;
  /** The share of records with which Meta finds something wrong. */
  readonly flawRate: number;
  /** Narrows Meta's own age limit of events. */
  readonly maxAgeSeconds: number | undefined;
}

/** How many lanes, batches and faults a schedule has at least. */
export const LEAST_LANES = 3;
export const LEAST_BATCHES = 20;
export const LEAST_FAULTS = 5;

/** Draws a schedule. */
export function drawSchedule(chance: Chance): Schedule {
  const surface = chance.pick<Surface>(["events", "custom_audiences"]);
  const lanes = Array.from(
    { length: chance.between(LEAST_LANES, 5) },
    (_, index) => `${surface === "events" ? "30" : "aud"}${String(index)}`,
  );
  const perBatch = chance.weighted([
    [1, 1],
    [2, 6],
    [3, 2],
    [4, 2],
    [6, 1],
  ]);
  const batches = LEAST_BATCHES + chance.between(3, 7);
  return {
    surface,
    lanes,
    beginnings: lanes.map(() => chance.pick<Beginning>(["mapped", "at_meta", "new", "new"])),
    matching: chance.pick<MatchingKind>(["cell", "person"]),
    valueBased: chance.happens(0.4),
    onDoubt: chance.pick<DoubtPolicy>(["hold", "resend"]),
    onFailure: chance.weighted<Binding["onFailure"]>([
      ["continue_on_any", 4],
      ["stop_on_terminal", 1],
      ["stop_on_any", 1],
    ]),
    concurrency: chance.between(1, 4),
    retry: drawRetries(chance),
    maxBodyBytes: LEAST_BYTES + perBatch * (surface === "events" ? EVENT_BYTES : ROW_BYTES),
    sourceBatch: chance.between(3, 12),
    // Requests for audiences end early, where additions and removals take turns.
    records: Math.ceil(batches * (surface === "events" ? perBatch : 1 + perBatch / 3)),
    faultRates: { sends: chance.pick([0.08, 0.2, 0.4]), others: chance.pick([0.2, 0.4, 0.7]) },
    crashRate: chance.pick([0.4, 0.7, 0.95]),
    runs: chance.between(2, 3),
    daily: chance.happens(0.3),
    // Now and then nearly all are wrong: then it is the mapping.
    flawRate: chance.weighted([
      [0.06, 16],
      [0.9, 1],
    ]),
    maxAgeSeconds: chance.happens(0.15) ? 3 * 24 * 3_600 : undefined,
  };
}

/** Room for one record, however the mapping was corrected. */
const LEAST_BYTES = 200;

/** What one event, or one row of two columns, takes in a body. */
const EVENT_BYTES = 235;
const ROW_BYTES = 140;
