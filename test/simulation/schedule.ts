/** What a seed stands for: how a schedule is set up, before anything happens in it. */
import type { Binding } from "../../src/config/binding.js";
import { SecretRef } from "../../src/config/secret-ref.js";
import type { DoubtPolicy } from "../../src/config/sync-file.js";
import type { Surface } from "../../src/core/outcome.js";
import type { RetryPolicy } from "../../src/delivery/retry-policy.js";
import type { MatchingKind } from "../../src/emulator/world/matching.js";
import { API_VERSION } from "../../src/generated/constants.js";
import type { FaultRates } from "./network/exchange.js";
import { TOKEN } from "./records/secrets.js";
import type { Chance } from "./time/chance.js";

/** How a target is known at first. */
export type Beginning = "mapped" | "at_meta" | "new";

/** The setting of a schedule. */
export interface Schedule {
  readonly surface: Surface;
  /** Pixel ids or logical targets. */
  readonly lanes: readonly string[];
  readonly beginnings: readonly Beginning[];
  readonly matching: MatchingKind;
  readonly valueBased: boolean;
  readonly onDoubt: DoubtPolicy;
  readonly onFailure: Binding["onFailure"];
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  /** About so many records fit into a request. */
  readonly perBatch: number;
  readonly sourceBatch: number;
  readonly records: number;
  readonly faultRates: FaultRates;
  readonly crashRate: number;
  /** Runs with faults, at least. */
  readonly runs: number;
  /** Whether the runs come day by day, or mostly one soon after the other. */
  readonly daily: boolean;
  /** The share of records with which Meta finds something wrong. */
  readonly flawRate: number;
  /** Narrows Meta's own age limit of events. */
  readonly maxAgeSeconds: number | undefined;
}

/** The ad account of every schedule. */
export const ACCOUNT = "1000";

/** What a client waits for an answer, in ms. */
export const TIMEOUT_MS = 120_000;

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
    perBatch,
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

function drawRetries(chance: Chance): RetryPolicy {
  return {
    maxAttempts: chance.pick([1, 2, 3, 6]),
    maxThrottled: chance.between(2, 6),
    baseMs: 1_000,
    maxMs: 60_000,
    runBudget: chance.pick([3, 20, 100]),
    isolationBudget: chance.pick([10, 15, 150]),
  };
}

/** The binding of a schedule. */
export function bindingOf(schedule: Schedule, targets: ReadonlyMap<string, string>): Binding {
  const { surface, lanes, perBatch, onFailure, concurrency } = schedule;
  const routes = lanes.map((pixel, place) => [`Act${String(place)}`, pixel] as const);
  return {
    bindingName: "simulated",
    mapping: undefined,
    config: {
      adAccountId: ACCOUNT,
      apiVersion: API_VERSION,
      customerFileSource: "USER_PROVIDED_ONLY",
      actionSource: undefined,
      pixelId: undefined,
      eventRoutes: new Map(surface === "events" ? routes : []),
      testEventCode: undefined,
    },
    targets,
    credentials: { accessToken: TOKEN_REF },
    onFailure,
    onPersonalData: "warn",
    concurrency,
    maxBodyBytes: LEAST_BYTES + perBatch * (surface === "events" ? EVENT_BYTES : ROW_BYTES),
    store: undefined,
    transport: undefined,
  };
}

/** Room for one record, however the mapping was corrected. */
const LEAST_BYTES = 200;

/** What one event, or one row of two columns, takes in a body. */
const EVENT_BYTES = 235;
const ROW_BYTES = 140;

const TOKEN_REF = new SecretRef(
  { kind: "function", read: () => TOKEN },
  { env: {}, toml: undefined },
);
TOKEN_REF.resolve();
