import { emptyTally } from "../../src/mapping/scope.js";
import { dryPlan } from "../../src/sync/dry-plan.js";
import type { RunWishes } from "../../src/sync/run-input.js";
import { inputOf } from "./input.js";
import type { DryPlanned } from "./moments.js";
import { planningSession } from "./session.js";
import type { World } from "./world.js";

/** What a plan shows of the run that is about to start. */
export async function planned(world: World, wishes: RunWishes): Promise<DryPlanned> {
  const bodies = new Map<string, string[]>();
  const input = inputOf(world, world.source.batches(world.schedule.sourceBatch));
  const context = { tally: emptyTally(), stopped: () => false, wishes };
  for await (const item of dryPlan(input, planningSession(world), context)) {
    if (item.kind !== "request") continue;
    const { target, body } = item.planned.request;
    const ofLane = bodies.get(target) ?? [];
    ofLane.push(JSON.stringify(body));
    bodies.set(target, ofLane);
  }
  return bodies;
}
