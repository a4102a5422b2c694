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
  try {
    for await (const item of deliver(planRun({ ...input, tally }), delivery)) {
      counter.delivered(item);
      if (item.kind === "rejection") await listener.rejection?.(item.rejection);
      if (item.kind === "settled") listener.progress?.(counter.result);
    }
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    counter.sourceFailed(error.diagnostic);
  }
  return counter.finish();
}
