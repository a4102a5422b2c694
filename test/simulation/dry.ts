import { emptyTally } from "../../src/mapping/scope.js";
import { SourceFailure } from "../../src/sources/source-failure.js";
import { dryPlan } from "../../src/sync/dry-plan.js";
import { NO_WISHES } from "../../src/sync/run-input.js";
import type { DryPlanned } from "./moments.js";
import type { ProcessPlan } from "./process.js";
import { batchesOf } from "./records/source.js";
import { planningSession } from "./session.js";
import type { Stage } from "./stage.js";

/** What a plan shows of the run that is about to start. */
export async function planned(stage: Stage, plan: ProcessPlan): Promise<DryPlanned> {
  const bodies = new Map<string, string[]>();
  const { schedule, sourceState } = stage;
  const input = stage.input(batchesOf(sourceState.records, schedule.sourceBatch), plan);
  const wishes = { ...NO_WISHES, resend: plan.resend };
  const context = { tally: emptyTally(), stopped: () => false, wishes };
  try {
    for await (const item of dryPlan(input, planningSession(stage), context)) {
      if (item.kind !== "request") continue;
      const { target, bodyText } = item.planned.request;
      const ofLane = bodies.get(target) ?? [];
      ofLane.push(bodyText);
      bodies.set(target, ofLane);
    }
  } catch (error) {
    // What is wrong with a source is told, and nothing is planned.
    if (!(error instanceof SourceFailure)) throw error;
  }
  return bodies;
}
