/** A dry run: everything is planned and held against the spec, nothing is sent or written. */
import type { Rejection } from "../core/record.js";
import type { ResultCounter } from "../delivery/result-counter.js";
import { newRunResult, type RunResult } from "../delivery/run-result.js";
import { emptyTally } from "../mapping/scope.js";
import type { RequestPlan } from "../planning/request-plan.js";
import { verifyRequest } from "../planning/verify.js";
import { SourceFailure } from "../sources/source-failure.js";
import { counterOf } from "./counter-of.js";
import { dryPlan, type DryPlanned } from "./dry-plan.js";
import { NO_WISHES, type RunInput, type RunWishes } from "./run-input.js";
import type { Session } from "./session.js";

/** Hears of what is planned, in emission order; planning waits for it. */
export interface PlanListener {
  readonly request?: (request: RequestPlan) => Promise<void> | void;
  readonly rejection?: (rejection: Rejection) => Promise<void> | void;
}

/** Plans a run and counts; every body is checked a second time, whole. */
export async function dryRun<B>(
  input: RunInput<B>,
  session: Session,
  listener: PlanListener = {},
  wishes: RunWishes = NO_WISHES,
): Promise<RunResult> {
  const tally = emptyTally();
  const counter = counterOf(input, newRunResult(input.mapping.surface, true, tally));
  const context = { tally, stopped: () => counter.result.stopped !== undefined, wishes };
  try {
    for await (const planned of dryPlan(input, session, context)) {
      count(planned, counter);
      if (planned.kind === "rejection") await listener.rejection?.(planned.rejection);
      if (planned.kind === "request") await listener.request?.(planned.planned.request);
    }
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    counter.sourceFailed(error.diagnostic);
  }
  return counter.finish();
}

function count(planned: DryPlanned, counter: ResultCounter): void {
  if (planned.kind !== "request") {
    counter.delivered(planned);
    const failure =
      planned.kind === "held" || planned.kind === "unreached" ? planned.failure : undefined;
    if (failure?.stops !== "run" || counter.result.stopped !== undefined) return;
    counter.delivered({ kind: "stopped", stop: { kind: "blocked", because: failure.message } });
    return;
  }
  const { request } = planned.planned;
  const [violation] = verifyRequest(request);
  if (violation === undefined) counter.planned(request);
  else counter.unfit(request, violation);
}
