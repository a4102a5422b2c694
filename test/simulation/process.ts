/** One process over the source: a live run from its start to its end or to its crash. */
import type { RunResult } from "../../src/delivery/run-result.js";
import { liveRun } from "../../src/sync/live-run.js";
import type { MirrorWords } from "../../src/sync/mirror/mirror-rules.js";
import { NO_WISHES } from "../../src/sync/run-input.js";
import type { Planting } from "./bugs/planted-bug.js";
import { planned } from "./dry.js";
import { Life, type CrashPlan, type LifeWorld } from "./life.js";
import type { FaultRates } from "./network/exchange.js";
import { livingSource } from "./ports.js";
import { sessionOf } from "./session.js";
import { batchesOf } from "./records/source.js";
import type { Stage } from "./stage.js";

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
  /** What the user says of a mirror. */
  readonly words: MirrorWords;
  /** Whether a plan is made first, and held against what is sent. */
  readonly planned: boolean;
}

/** Runs a process to its end; gives its result, or nothing when it crashed. */
export async function runProcess(
  stage: Stage,
  plan: ProcessPlan,
  planting: Planting | undefined,
): Promise<RunResult | undefined> {
  const run = (life: Life) => start(stage, plan, life, planting);
  const result = await inProcess(stage, plan, stage.sync, run);
  if (result !== undefined) stage.emit({ kind: "run_ended", result });
  return result;
}

/** Does something in a process of its own; gives what came of it, or nothing when it crashed. */
export async function inProcess<T>(
  stage: Stage,
  plan: ProcessPlan,
  what: string,
  work: (life: Life) => Promise<T>,
): Promise<T | undefined> {
  const { network, log, time } = stage;
  const { faulty, resend, words } = plan;
  const dry = plan.planned ? await planned(stage, plan) : undefined;
  network.faultRates = plan.faultRates;
  const life = lifeIn(stage, plan.crash);
  stage.emit({ kind: "born", what, source: stage.sourceState, faulty, resend, words, plan: dry });
  const run = new Running(work(life));
  const over = () => run.ended || life.isOver() || stage.broken !== undefined;
  if (!(await time.until(over))) stage.fail("end", "the run waits, and nothing is due any more");
  if (stage.broken !== undefined) throw stage.broken;
  log.processEnded();
  if (life.isOver()) {
    await stage.stores.crashed();
    return undefined;
  }
  return run.result;
}

function lifeIn({ time, chance, emit }: Stage, crash: CrashPlan | undefined): Life {
  const onCrash: LifeWorld["onCrash"] = (point, side) => {
    emit({ kind: "crashed", point, side });
  };
  return new Life({ time, chance, crash, onCrash });
}

function start(
  stage: Stage,
  plan: ProcessPlan,
  life: Life,
  planting: Planting | undefined,
): Promise<RunResult> {
  const { time, sourceState, schedule } = stage;
  const { interruptAfter, breaksAfter, resend } = plan;
  const interrupt = new AbortController();
  if (interruptAfter !== undefined)
    time.in(interruptAfter, () => {
      interrupt.abort();
    });
  const batches = batchesOf(sourceState.records, schedule.sourceBatch);
  const input = stage.input(livingSource(batches, time, life, breaksAfter), plan);
  return liveRun(input, sessionOf(stage, life, planting), {
    describe: ({ status }) => status,
    interrupted: interrupt.signal,
    wishes: { ...NO_WISHES, resend },
  });
}

/** A run under way; that of a process which crashes never ends. */
class Running<T> {
  ended = false;

  constructor(readonly result: Promise<T>) {
    const end = () => {
      this.ended = true;
    };
    result.then(end, end);
  }
}
