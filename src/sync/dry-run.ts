/** A dry run: everything is planned and held against the spec, nothing is sent. */
import type { Rejection } from "../core/record.js";
import { newRunResult, ResultCounter, type RunResult } from "../delivery/run-result.js";
import { emptyTally } from "../mapping/scope.js";
import type { RequestPlan } from "../planning/request-plan.js";
import { verifyRequest } from "../planning/verify.js";
import { SourceFailure } from "../sources/source-failure.js";
import { planRun, type PlanningInput } from "./planning.js";

/** What a run is made of; the tally is the run's own. */
export type RunInput<B> = Omit<PlanningInput<B>, "tally" | "stopped">;

/** Hears of what is planned, in emission order; planning waits for it. */
export interface PlanListener {
  readonly request?: (request: RequestPlan) => Promise<void> | void;
  readonly rejection?: (rejection: Rejection) => Promise<void> | void;
}

/** Plans a run and counts; every body is checked a second time, whole. */
export async function dryRun<B>(
  input: RunInput<B>,
  listener: PlanListener = {},
): Promise<RunResult> {
  const tally = emptyTally();
  const counter = new ResultCounter(newRunResult(input.mapping.surface, true, tally));
  try {
    let stopped = false;
    for await (const planned of planRun({ ...input, tally, stopped: () => stopped })) {
      if (planned.kind !== "request") {
        counter.delivered(planned);
        if (planned.kind === "held" && planned.failure.stops === "run" && !stopped) {
          stopped = true;
          counter.delivered({ kind: "stopped", because: planned.failure.message, blocked: true });
        }
        if (planned.kind === "rejection") await listener.rejection?.(planned.rejection);
        continue;
      }
      const [violation] = verifyRequest(planned.request);
      if (violation !== undefined) counter.unfit(planned.request, violation);
      else counter.planned(planned.request);
      await listener.request?.(planned.request);
    }
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    counter.sourceFailed(error.diagnostic);
  }
  return counter.finish();
}
