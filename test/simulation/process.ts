/** One process over the source: a live run from its start to its end or to its crash. */
import type { RunResult } from "../../src/delivery/run-result.js";
import { liveRun } from "../../src/sync/live-run.js";
import { NO_WISHES } from "../../src/sync/run-input.js";
import type { Planting } from "./bugs/planted-bug.js";
import { planned } from "./dry.js";
import { inputOf } from "./input.js";
import { Life, type CrashPlan, type LifeWorld } from "./life.js";
import type { FaultRates } from "./network/exchange.js";
import { livingSource } from "./ports.js";
import { sessionOf } from "./session.js";
import type { World } from "./world.js";

/** How a process is to go. */
export interface ProcessPlan {
  readonly faulty: boolean;
  readonly faultRates: FaultRates;
  readonly crash: CrashPlan | undefined;
  /** When the user interrupts it, in ms. */
  readonly interruptAfter: number | undefined;
  /** After how many batches the source breaks off. */
  readonly breaksAfter: number | undefined;
  /** Whether everything is to be sent again. */
  readonly resend: boolean;
  /** Whether a plan is made first, and held against what is sent. */
  readonly planned: boolean;
}

/** Runs a process to its end; gives its result, or nothing when it crashed. */
export async function runProcess(
  world: World,
  plan: ProcessPlan,
  planting: Planting | undefined,
): Promise<RunResult | undefined> {
  const { network, log, time } = world;
  const { faulty, resend } = plan;
  const dry = plan.planned ? await planned(world, { ...NO_WISHES, resend }) : undefined;
  network.faultRates = plan.faultRates;
  const life = lifeIn(world, plan.crash);
  world.emit({ kind: "born", source: world.sourceState, faulty, resend, plan: dry });
  const run = new Running(start(world, plan, life, planting));
  const over = () => run.ended || life.isOver() || world.broken !== undefined;
  if (!(await time.until(over))) world.fail("end", "the run waits, and nothing is due any more");
  if (world.broken !== undefined) throw world.broken;
  log.processEnded();
  // What a process holds falls with it.
  world.tables.leases.clear();
  if (life.isOver()) return undefined;
  const result = await run.result;
  world.emit({ kind: "run_ended", result });
  return result;
}

function lifeIn({ time, chance, emit }: World, crash: CrashPlan | undefined): Life {
  const onCrash: LifeWorld["onCrash"] = (point, side) => {
    emit({ kind: "crashed", point, side });
  };
  return new Life({ time, chance, crash, onCrash });
}

function start(
  world: World,
  { interruptAfter, breaksAfter, resend }: ProcessPlan,
  life: Life,
  planting: Planting | undefined,
): Promise<RunResult> {
  const { time, source, schedule } = world;
  const interrupt = new AbortController();
  if (interruptAfter !== undefined)
    time.in(interruptAfter, () => {
      interrupt.abort();
    });
  const batches = source.batches(schedule.sourceBatch);
  const input = inputOf(world, livingSource(batches, time, life, breaksAfter));
  return liveRun(input, sessionOf(world, life, planting), {
    describe: ({ status }) => status,
    interrupted: interrupt.signal,
    wishes: { ...NO_WISHES, resend },
  });
}

/** A run under way; that of a process which crashes never ends. */
class Running {
  ended = false;

  constructor(readonly result: Promise<RunResult>) {
    const end = () => {
      this.ended = true;
    };
    result.then(end, end);
  }
}
