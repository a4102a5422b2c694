/** Draws how a schedule goes on: its processes, and what happens between them. */
import type { RunKind } from "./await-points.js";
import { drawCrash } from "./draw-crash.js";
import type { ProcessPlan } from "./process.js";
import { NO_FAULTS } from "./stage.js";
import type { Schedule } from "./schedule.js";
import type { World } from "./world.js";
import { NO_MIRROR_WORDS } from "../../src/sync/mirror/mirror-rules.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A process in which nothing goes wrong. */
export const SOUND: ProcessPlan = {
  faulty: false,
  faultRates: NO_FAULTS,
  crash: undefined,
  interruptAfter: undefined,
  breaksAfter: undefined,
  resend: false,
  words: NO_MIRROR_WORDS,
  planned: true,
};

/**
 * Draws what goes wrong in a process.
 *
 * @param calm when the schedule has had its share and only has to come to its least
 */
export function drawPlan({ chance, schedule }: World, calm: boolean): ProcessPlan {
  const crashRate = calm ? 0.1 : schedule.crashRate;
  const crash = chance.happens(crashRate)
    ? drawCrash(chance, kindOf(schedule), schedule.valueBased)
    : undefined;
  return {
    faulty: true,
    faultRates: schedule.faultRates,
    crash,
    interruptAfter: chance.happens(0.1) ? chance.between(1, 10 * MINUTE) : undefined,
    breaksAfter: !calm && chance.happens(0.06) ? chance.between(0, 8) : undefined,
    resend: chance.happens(0.02),
    words: NO_MIRROR_WORDS,
    planned: chance.happens(0.08),
  };
}

function kindOf({ surface }: Schedule): RunKind {
  return surface === "events" ? "events" : "records";
}

/** From a restart at once to one after days, when nothing may be repeated any more. */
export function drawPause({ chance, schedule }: World): number {
  if (schedule.daily) return chance.between(16, 30) * HOUR;
  return chance.weighted([
    [chance.between(0, 2_000), 8],
    [chance.between(1, 90) * MINUTE, 4],
    [chance.between(2, 20) * HOUR, 2],
    [chance.between(30, 60) * HOUR, 2],
    [chance.between(3, 9) * 24 * HOUR, 1],
  ]);
}

/** Before the runs in which nothing goes wrong. */
export function drawLastPause({ chance, schedule }: World): number {
  return chance.weighted([
    [5 * MINUTE, 3],
    [5 * HOUR, 2],
    [60 * HOUR, 1],
    // Until all events that were delivered are forgotten.
    [70 * 24 * HOUR, schedule.surface === "events" ? 1 : 0],
  ]);
}

/** The source goes on meanwhile; a schedule that has had its share only grows. */
export function changeSource(world: World, calm: boolean): void {
  const { chance, source, time } = world;
  const kind = chance.weighted([
    ["same", 6],
    ["grown", 4],
    ["reordered", calm ? 0 : 1],
    ["corrected", calm ? 0 : 1],
  ]);
  if (kind === "reordered") source.reorder();
  if (kind === "corrected") world.corrected = true;
  if (kind === "grown" || calm) source.grow(chance.between(2, 6), time.clock());
}
