/** Plays one history: six days of a table that changes, and what its mirror makes of them. */
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import { REPLACE_SESSION_SECONDS } from "../../../src/generated/constants.js";
import type { PlantedBug, Planting } from "../bugs/planted-bug.js";
import { decide } from "../operator.js";
import { runProcess } from "../process.js";
import type { Tally } from "../tally.js";
import { DuckdbTwin } from "./duckdb-twin.js";
import { drawErasingPlan, drawNight, drawPause, drawPlan, soundPlan } from "./draw.js";
import { drawErased, erase, lift } from "./erasing.js";
import { isClean } from "./mirror-run.js";
import { RIVAL } from "./rival.js";
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
  table.begin(schedule.people, schedule.crowd);
  for (let day = 1; day <= DAYS; day += 1) {
    await aDay(world, planting);
    await time.pass(drawNight(world));
    table.change();
    await othersAct(world, planting);
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

/** What others than the sync do until the next day. */
async function othersAct(world: MirrorWorld, planting: Planting | undefined): Promise<void> {
  const { chance, schedule, meta, time, rival } = world;
  meta.leastLeft = schedule.keepsFew && chance.happens(0.5) ? chance.between(1, 6) : 0;
  if (chance.happens(0.1)) world.strangers.join(time.clock());
  if (schedule.erases && chance.happens(0.25)) await somebodyIsErased(world, planting);
  if (!schedule.rivalled || !chance.happens(0.3)) return;
  rival.change();
  await world.asRival(() => runProcess(world, drawPlan(world), planting));
  if (chance.happens(0.2)) await release(world);
}

async function somebodyIsErased(world: MirrorWorld, planting: Planting | undefined): Promise<void> {
  const { chance, time } = world;
  const person = drawErased(world);
  if (person === undefined) return;
  await erase(world, person, drawErasingPlan(world), planting);
  if (!chance.happens(0.25)) return;
  await time.pass(drawPause(world));
  await lift(world, person);
}

/** The other sync gives up what it has: whichever is the next keeps it. */
async function release({ tables, stores, emit }: MirrorWorld): Promise<void> {
  const theirs = [...tables.audiences].filter(([, { owner }]) => owner === RIVAL);
  for (const [audienceId] of theirs) {
    await stores.open().members.release(audienceId);
    emit({ kind: "released", audienceId });
  }
}

/** Without faults everything comes to its end; one run more changes nothing. */
async function soundRuns(world: MirrorWorld, planting: Planting | undefined): Promise<void> {
  world.onFailure = "continue_on_any";
  world.meta.leastLeft = 0;
  world.rival.leave();
  const isRivalled = [...world.tables.audiences.values()].some(({ owner }) => owner === RIVAL);
  if (isRivalled) await world.asRival(() => untilClean(world, planting));
  await untilClean(world, planting);
}

async function untilClean(world: MirrorWorld, planting: Planting | undefined): Promise<void> {
  for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
    const result = await runProcess(world, soundPlan(world), planting);
    // What a replace has left goes on for so long.
    const waits = (result?.mirror?.unreached ?? []).length > 0;
    await world.time.pass(drawPause(world) + (waits ? REPLACE_SESSION_SECONDS * 1_000 : 0));
    if (result === undefined || !isClean(result, world.tables)) continue;
    await runProcess(world, soundPlan(world), planting);
    return;
  }
  world.fail("17", "there is always something left to send");
}
