/** What holds for a whole simulation, whatever its runs are about. */
import type { Binding } from "../../src/config/binding.js";
import { SecretRef } from "../../src/config/secret-ref.js";
import type { Surface } from "../../src/core/outcome.js";
import type { RetryPolicy } from "../../src/delivery/retry-policy.js";
import type { MatchingKind } from "../../src/emulator/world/matching.js";
import { API_VERSION } from "../../src/generated/constants.js";
import type { FaultRates } from "./network/exchange.js";
import { TOKEN } from "./records/secrets.js";
import type { Chance } from "./time/chance.js";

/** How a target is known at first. */
export type Beginning = "mapped" | "at_meta" | "new";

/** Whom requests go to, what they meet, and how patient a run is. */
export interface Setting {
  readonly surface: Surface;
  /** Pixel ids or logical targets. */
  readonly lanes: readonly string[];
  readonly beginnings: readonly Beginning[];
  readonly matching: MatchingKind;
  readonly valueBased: boolean;
  readonly onFailure: Binding["onFailure"];
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  readonly maxBodyBytes: number;
  readonly sourceBatch: number;
  readonly faultRates: FaultRates;
  readonly crashRate: number;
}

/** The ad account of every simulation. */
export const ACCOUNT = "1000";

/** What a client waits for an answer, in ms. */
export const TIMEOUT_MS = 120_000;

/** Draws how patient a run is. */
export function drawRetries(chance: Chance): RetryPolicy {
  return {
    maxAttempts: chance.pick([1, 2, 3, 6]),
    maxThrottled: chance.between(2, 6),
    baseMs: 1_000,
    maxMs: 60_000,
    runBudget: chance.pick([3, 20, 100]),
    isolationBudget: chance.pick([10, 15, 150]),
  };
}

/** The binding of a simulation. */
export function bindingOf(setting: Setting, targets: ReadonlyMap<string, string>): Binding {
  const { surface, lanes, maxBodyBytes, onFailure, concurrency } = setting;
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
    maxBodyBytes,
    store: undefined,
    transport: undefined,
  };
}

const TOKEN_REF = new SecretRef(
  { kind: "function", read: () => TOKEN },
  { env: {}, toml: undefined },
);
TOKEN_REF.resolve();
