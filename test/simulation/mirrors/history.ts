/** Plays one history: six days of a table that changes, and what its mirror makes of them. */
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import type { PlantedBug, Planting } from "../bugs/planted-bug.js";
import { decide } from "../operator.js";
import { runProcess } from "../process.js";
import type { Tally } from "../tally.js";
import { DuckdbTwin } from "./duckdb-twin.js";
import { drawNight, drawPause, drawPlan, soundPlan } from "./draw.js";
import { isClean } from "./mirror-run.js";
import { DAYS } from "./schedule.js";
import { MirrorWorld } from "./world.js";

/** So many runs at most until nothing is open. */
const MOST_RUNS = 12;

/** Which history is played. */
export interface HistoryOptions {
  readonly matching: MatchingKind;
  readonly bug?: PlantedBug<MirrorWorld>;
  /** Where a store in a file is asked the same as the one in memory; in memory only when missing. */
  readonly file?: string;
}

/** Plays the history of a seed. @throws BrokenInvariant */
export async function playHistory(
  seed: number,
  tally: Tally,
  { matching, bug, file }: HistoryOptions,
): Promise<void> {
  const world = new MirrorWorld(seed, matching, tally.witness);
  if (file === undefined) return playIn(world, bug);
  const twin = await DuckdbTwin.open(world.stores, file, world);
  world.stores = twin;
  try {
    await playIn(world, bug);
  } finally {
    await twin.close();
  }
}

async function playIn(world: MirrorWorld, bug: PlantedBug<MirrorWorld> | undefined): Promise<void> {
  const planting = bug?.plant(world);
  const { table, time, schedule } = world;
  table.begin(schedule.people);
  for (let day = 1; day <= DAYS; day += 1) {
    await aDay(world, planting);
    await time.pass(drawNight(world));
    table.change();
  }
  await soundRuns(world, planting);
  world.emit({ kind: "finished" });
}

/** A run, and another one after a crash or because somebody wants it. */
async function aDay(world: MirrorWorld, planting: Planting | undefined): Promise<void> {
  const { chance, table, time } = world;
  table.repeats = chance.happens(0.03);
  for (let runs = 1; runs <= 3; runs += 1) {
    const result = await runProcess(world, drawPlan(world), planting);
    table.repeats = false;
    if (chance.happens(0.08)) await decide(world);
    if (!chance.happens(result === undefined ? 0.7 : 0.2)) return;
    await time.pass(drawPause(world));
  }
}

/** Without faults everything comes to its end; one run more changes nothing. */
async function soundRuns(world: MirrorWorld, planting: Planting | undefined): Promise<void> {
  world.onFailure = "continue_on_any";
  for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
    const result = await runProcess(world, soundPlan(world), planting);
    await world.time.pass(drawPause(world));
    if (result === undefined || !isClean(result, world.tables)) continue;
    await runProcess(world, soundPlan(world), planting);
    return;
  }
  world.fail("17", "there is always something left to send");
}
