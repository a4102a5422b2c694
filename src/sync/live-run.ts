/** A live run: planned once, delivered lane by lane. */
import type { Rejection } from "../core/record.js";
import { deliver, type DeliveryOptions } from "../delivery/deliver.js";
import { newRunResult, ResultCounter, type RunResult } from "../delivery/run-result.js";
import { emptyTally } from "../mapping/scope.js";
import { SourceFailure } from "../sources/source-failure.js";
import type { RunInput } from "./dry-run.js";
import { planRun } from "./planning.js";

/** Hears of a delivery as it goes on. */
export interface DeliveryListener {
  readonly rejection?: (rejection: Rejection) => Promise<void> | void;
  /** After each request that settled; the result counts what is known so far. */
  readonly progress?: (result: RunResult) => void;
}

/** Plans and delivers a run. A source that breaks off ends it; what was sent by then is counted. */
export async function liveRun<B>(
  input: RunInput<B>,
  delivery: DeliveryOptions,
  listener: DeliveryListener = {},
): Promise<RunResult> {
  const tally = emptyTally();
  const counter = new ResultCounter(newRunResult(input.mapping.surface, false, tally));
  const hear = new GuardedListener(listener);
  let stopped = false;
  const planned = planRun({ ...input, tally, stopped: () => stopped });
  const stop = () => {
    stopped = true;
  };
  try {
    for await (const item of deliver(planned, delivery, stop)) {
      counter.delivered(item);
      if (item.kind === "rejection") await hear.rejection(item.rejection);
      if (item.kind === "settled") hear.progress(counter.result);
    }
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    counter.sourceFailed(error.diagnostic);
  }
  hear.rethrow();
  return counter.finish();
}

/** A listener that throws must not cut off requests under way: it is heard out at the end. */
class GuardedListener {
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly listener: DeliveryListener) {}

  async rejection(rejection: Rejection): Promise<void> {
    try {
      await this.listener.rejection?.(rejection);
    } catch (error) {
      this.failure ??= { error };
    }
  }

  progress(result: RunResult): void {
    try {
      this.listener.progress?.(result);
    } catch (error) {
      this.failure ??= { error };
    }
  }

  rethrow(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
