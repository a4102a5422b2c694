import type { Random } from "../../core/ports.js";
import { areRates, FAULT_KINDS, type FaultKind, type FaultRates } from "./fault.js";
import { seededRandom } from "./seeded-random.js";

/** What happens to one request. */
export interface Fate {
  /** `undefined` on a good day. */
  readonly kind: FaultKind | undefined;
  /** Decides the details. */
  readonly chance: Random;
}

const DEFAULT_SEED = 1;

/**
 * The fates of an emulator's requests, one at each call, the same ones under the same seed.
 * Throws when the rates are none: that is a mistake in a program.
 */
export function drawFaults(rates: FaultRates = {}, seed = DEFAULT_SEED): () => Fate {
  if (!areRates(rates))
    throw new RangeError("rates of faults are shares from 0 to 1, and 1 at most together");
  let requests = 0;
  return () => {
    requests += 1;
    // Of its own for each request, so that what one uses up changes nothing for those after it.
    const chance = seededRandom(`${String(seed)}/${String(requests)}`);
    return { kind: kindAt(rates, chance()), chance };
  };
}

/** The kinds share the numbers from 0 to 1 among them, each as its rate says; the rest is good days. */
function kindAt(rates: FaultRates, drawn: number): FaultKind | undefined {
  let upTo = 0;
  return FAULT_KINDS.find((kind) => {
    upTo += rates[kind] ?? 0;
    return drawn < upTo;
  });
}
