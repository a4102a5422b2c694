/** The simulation as tests: a range of seeds, so that several files share the work. */
import { describe, expect, it } from "vitest";
import { play, type Played, type Simulation } from "./play.js";
import { simulate } from "./simulate.js";
import { LEAST_BATCHES, LEAST_FAULTS, LEAST_LANES } from "./schedule.js";

const SCHEDULES: Simulation = {
  covered: { kinds: ["events", "records"], calls: ["send", "list", "create", "read"] },
  simulate,
  place: "test/simulation/schedules-1.test.ts",
};

/** A schedule takes some hundredths of a second. */
const TIME_LIMIT_MS = 600_000;

/** One seed, to be replayed alone. */
const ONLY = process.env["RETL_META_SEED"];

/** Describes the schedules of a range of seeds. */
export function describeSchedules(first: number, count: number): void {
  const seeds = Array.from({ length: count }, (_, place) => first + place);
  if (ONLY === undefined)
    describe(`schedules ${String(first)} to ${String(first + count - 1)}`, () => ofRange(seeds));
  else it.runIf(first === 1)(`replays schedule ${ONLY}`, () => replays(Number(ONLY)));
}

function ofRange(seeds: readonly number[]): void {
  let played: Played | undefined;
  it(
    "hold every invariant",
    async () => {
      played = await play(SCHEDULES, seeds);
      print(`${seeds.length} schedules from seed ${String(seeds[0])}`, textOf(played));
      expect(played.failures.join("\n\n")).toBe("");
    },
    TIME_LIMIT_MS,
  );

  it("have lanes, batches and faults enough, each of them", () => {
    expect(played?.figures.schedules).toBe(seeds.length);
    expect(played?.figures.fewestLanes).toBeGreaterThanOrEqual(LEAST_LANES);
    expect(played?.figures.fewestBatches).toBeGreaterThanOrEqual(LEAST_BATCHES);
    expect(played?.figures.fewestFaults).toBeGreaterThanOrEqual(LEAST_FAULTS);
  });

  it("crash at every await point, before and after it", () => {
    expect(played?.coverage.crashes.empty).toEqual([]);
  });

  it("meet every fault at every sort of call", () => {
    expect(played?.coverage.faults.empty).toEqual([]);
  });
}

async function replays(seed: number): Promise<void> {
  const { failures, figures } = await play(SCHEDULES, [seed]);
  print(`schedule ${String(seed)}`, JSON.stringify(figures));
  expect(failures.join("\n\n")).toBe("");
}

function textOf({ figures, coverage, failures }: Played): string {
  return [JSON.stringify(figures), coverage.crashes, coverage.faults, ...failures].join("\n\n");
}

function print(title: string, text: string): void {
  process.stderr.write(`\n${title}\n${text}\n`);
}
