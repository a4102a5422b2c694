/** Plays many schedules, and says what came of them. */
import { Coverage, type Covered } from "./coverage.js";
import { Tally } from "./tally.js";
import { BrokenInvariant } from "./stage.js";

/** Numbers over all schedules. */
export interface Figures {
  schedules: number;
  processes: number;
  batches: number;
  requests: number;
  crashes: number;
  faults: number;
  /** Of any one schedule. */
  fewestLanes: number;
  fewestBatches: number;
  fewestFaults: number;
}

/** What came of some schedules. */
export interface Played {
  readonly figures: Figures;
  readonly coverage: Coverage;
  /** How each schedule in which an invariant broke went, up to there; only the first few. */
  readonly failures: readonly string[];
}

/** What a seed plays. */
export interface Simulation {
  readonly covered: Covered;
  /** Rejects with a `BrokenInvariant`. */
  readonly simulate: (seed: number, tally: Tally) => Promise<void>;
  /** Where its tests are. */
  readonly place: string;
}

/** More failures than these tell nothing new. */
const MOST_FAILURES = 3;

/** So much of what happened is told of a broken invariant. */
const TRACE_LINES = 30;

/** Plays some seeds. */
export async function play(simulation: Simulation, seeds: readonly number[]): Promise<Played> {
  const coverage = new Coverage(simulation.covered);
  const figures: Figures = { ...NOTHING_PLAYED };
  const failures: string[] = [];
  for (const seed of seeds) {
    const tally = new Tally(coverage.witness);
    const failure = await failureOf(simulation, seed, tally);
    if (failure === undefined) count(figures, tally);
    else failures.push(failure);
    if (failures.length === MOST_FAILURES) break;
  }
  return { figures, coverage, failures };
}

const NOTHING_PLAYED: Figures = {
  schedules: 0,
  processes: 0,
  batches: 0,
  requests: 0,
  crashes: 0,
  faults: 0,
  fewestLanes: Infinity,
  fewestBatches: Infinity,
  fewestFaults: Infinity,
};

async function failureOf(
  { simulate, place }: Simulation,
  seed: number,
  tally: Tally,
): Promise<string | undefined> {
  try {
    await simulate(seed, tally);
    return undefined;
  } catch (error) {
    const replay = `RETL_META_SEED=${String(seed)} npx vitest run ${place}`;
    if (error instanceof BrokenInvariant)
      return [
        `seed ${String(seed)}: ${error.message}`,
        ...error.trace.slice(-TRACE_LINES),
        replay,
      ].join("\n");
    return [`seed ${String(seed)}: ${String(error)}`, replay].join("\n");
  }
}

function count(figures: Figures, tally: Tally): void {
  figures.schedules += 1;
  figures.processes += tally.processes;
  figures.batches += tally.batches;
  figures.requests += tally.requests;
  figures.crashes += tally.crashes;
  figures.faults += tally.faults;
  figures.fewestLanes = Math.min(figures.fewestLanes, tally.lanes.size);
  figures.fewestBatches = Math.min(figures.fewestBatches, tally.batches);
  figures.fewestFaults = Math.min(figures.fewestFaults, tally.faults);
}
