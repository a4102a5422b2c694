/** Draws how a history goes on: its processes, and what the user says. */
import { NO_MIRROR_WORDS, type MirrorWords } from "../../../src/sync/mirror/mirror-rules.js";
import { drawCrash } from "../draw-crash.js";
import type { CrashPlan } from "../life.js";
import type { ProcessPlan } from "../process.js";
import { NO_FAULTS } from "../stage.js";
import type { MirrorWorld } from "./world.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Nothing goes wrong, and whatever is to be removed may be. */
export function soundPlan({ chance }: MirrorWorld): ProcessPlan {
  return {
    faulty: false,
    faultRates: NO_FAULTS,
    crash: undefined,
    interruptAfter: undefined,
    breaksAfter: undefined,
    resend: false,
    words: { allowedRemovals: { kind: "everywhere" }, fullRefresh: false },
    planned: chance.happens(0.3),
  };
}

/** Draws what goes wrong while people are erased. */
export function drawErasingPlan(world: MirrorWorld): ProcessPlan {
  const { chance, schedule } = world;
  const crash = chance.happens(schedule.crashRate)
    ? drawCrash(chance, "forget", schedule.valueBased)
    : undefined;
  const words = NO_MIRROR_WORDS;
  return { ...soundPlan(world), faulty: true, faultRates: schedule.faultRates, crash, words };
}

/** Draws what goes wrong in a process. */
export function drawPlan(world: MirrorWorld): ProcessPlan {
  const { chance, schedule } = world;
  const { faultRates, crashRate, valueBased } = schedule;
  const crash = chance.happens(crashRate) ? drawCrash(chance, "mirror", valueBased) : undefined;
  return {
    faulty: true,
    faultRates,
    crash,
    interruptAfter: chance.happens(0.05) ? chance.between(1, 10 * MINUTE) : undefined,
    breaksAfter: chance.happens(0.03) ? chance.between(0, 3) : undefined,
    resend: false,
    words: drawWords(world, crash),
    planned: chance.happens(0.1),
  };
}

function drawWords({ chance, schedule }: MirrorWorld, crash: CrashPlan | undefined): MirrorWords {
  return {
    allowedRemovals: chance.weighted<MirrorWords["allowedRemovals"]>([
      [{ kind: "guarded" }, 6],
      [{ kind: "everywhere" }, 1],
      [{ kind: "in", target: chance.pick(schedule.lanes) }, 1],
    ]),
    // Only a refresh distrusts an audience.
    fullRefresh: crash?.point === "targets.distrust" || chance.happens(0.06),
  };
}

/** From one run of a day to the next. */
export function drawPause({ chance }: MirrorWorld): number {
  return chance.weighted([
    [chance.between(0, 2_000), 3],
    [chance.between(1, 90) * MINUTE, 2],
  ]);
}

/** From one day to the next. */
export function drawNight({ chance }: MirrorWorld): number {
  return chance.between(12, 24) * HOUR;
}
