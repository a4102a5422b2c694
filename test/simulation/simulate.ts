/** Plays one schedule from its first process to the state at the end. */
import type { RunResult } from "../../src/delivery/run-result.js";
import type { PlantedBug, Planting } from "./bugs/planted-bug.js";
import { decide } from "./operator.js";
import { changeSource, drawLastPause, drawPause, drawPlan, SOUND } from "./draw.js";
import { runProcess, type ProcessPlan } from "./process.js";
import { LEAST_BATCHES, LEAST_FAULTS, LEAST_LANES } from "./schedule.js";
import type { Tally } from "./tally.js";
import { World } from "./world.js";

/** So many processes at most, with faults and without. */
const MOST_PROCESSES = 80;

/** Plays the schedule of a seed. @throws BrokenInvariant */
export async function simulate(seed: number, tally: Tally, bug?: PlantedBug): Promise<void> {
  const world = new World(seed, tally.witness);
  const planting = bug?.plant(world);
  await faultyProcesses(world, tally, planting);
  await soundProcesses(world, planting);
  world.emit({ kind: "finished" });
}

async function faultyProcesses(
  world: World,
  tally: Tally,
  planting: Planting | undefined,
): Promise<void> {
  const { chance, schedule, source, time } = world;
  source.grow(chance.between(Math.ceil(schedule.records * 0.85), schedule.records), time.clock());
  for (let processes = 1; processes < MOST_PROCESSES; processes += 1) {
    await runProcess(world, drawPlan(world, processes > schedule.runs), planting);
    const enough =
      tally.lanes.size >= LEAST_LANES &&
      tally.batches >= LEAST_BATCHES &&
      tally.faults >= LEAST_FAULTS;
    if (processes >= schedule.runs && enough) return;
    if (processes >= schedule.runs) world.onFailure = "continue_on_any";
    await time.pass(drawPause(world));
    if (chance.happens(0.08)) await decide(world);
    changeSource(world, processes >= schedule.runs);
  }
  world.fail("setting", "the schedule did not come to its batches and faults");
}

/** Without faults everything comes to its end; one run more, perhaps over fewer records, changes nothing. */
async function soundProcesses(world: World, planting: Planting | undefined): Promise<void> {
  const { chance, source, time } = world;
  // Told to stop at anything wrong, a run would stop at what Meta refuses each time.
  world.onFailure = "continue_on_any";
  await time.pass(drawLastPause(world));
  await untilNothingIsOpen(world, SOUND, planting);
  if (chance.happens(0.3)) source.shrink();
  await untilNothingIsOpen(world, { ...SOUND, planned: false }, planting);
}

async function untilNothingIsOpen(
  world: World,
  plan: ProcessPlan,
  planting: Planting | undefined,
): Promise<void> {
  for (let processes = 1; processes < MOST_PROCESSES; processes += 1) {
    const result = await runProcess(world, plan, planting);
    if (result !== undefined && !leavesOpen(result)) return;
    await world.time.pass(world.chance.between(1_000, 60_000));
  }
  world.fail("17", "there is always something left to send");
}

function leavesOpen({ records, stopped }: RunResult): boolean {
  return stopped !== undefined || records.unknown + records.failed + records.notSent > 0;
}
