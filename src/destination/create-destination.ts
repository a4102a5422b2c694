/** Makes the library's object out of a session. */
import type { Rejection } from "../core/record.js";
import { emptyTally } from "../mapping/scope.js";
import type { Batch } from "../planning/batch.js";
import type { TargetFailure } from "../planning/target.js";
import { runJson } from "../report/run-json.js";
import { dryPlan } from "../sync/dry-plan.js";
import { dryRun } from "../sync/dry-run.js";
import { liveRun } from "../sync/live-run.js";
import { incomingRecords, recordInput } from "../sync/record-input.js";
import { NO_WISHES, type RunWishes } from "../sync/run-input.js";
import type { DestinationParts } from "./destination-parts.js";
import type { DeliverOptions, Destination, PlanOptions, Records } from "./destination.js";
import { forgetPeople, liftPeople } from "./forget-people.js";
import { SURFACE_DESCRIPTIONS } from "./surfaces.js";

/** Makes the destination of a session. */
export function createDestination(parts: DestinationParts): Destination {
  const { ref, mapping, session } = parts;
  const oneAtATime = new Queue();
  return {
    ref,
    surfaces: SURFACE_DESCRIPTIONS,
    auth: { mode: "bearer", credential: "access_token" },
    binding: session.binding,
    mapping,
    plan: (records, options = {}) => planned(parts, records, options),
    deliver: (records, options = {}) =>
      options.dryRun === true
        ? dryRun(
            inputOf(parts, records, options.now),
            session,
            listenerOf(options),
            wishes(options),
          )
        : oneAtATime.run(() => delivered(parts, records, options)),
    forget: (people, options = {}) => oneAtATime.run(() => forgetPeople(people, parts, options)),
    liftSuppression: (people) => oneAtATime.run(() => liftPeople(people, parts)),
  };
}

function inputOf({ mapping, session }: DestinationParts, records: Records, now?: number) {
  const { binding } = session;
  return recordInput({ mapping, binding, records: incomingRecords(records), now });
}

async function* planned(parts: DestinationParts, records: Records, options: PlanOptions) {
  const { now, onRejection } = options;
  const context = { tally: emptyTally(), stopped: () => false, wishes: wishes(options) };
  for await (const item of dryPlan(inputOf(parts, records, now), parts.session, context)) {
    if (item.kind === "request") yield item.planned.request;
    else if (item.kind === "rejection") await onRejection?.(item.rejection);
    else if (item.kind === "held")
      for (const rejection of unavailable(item.batch, item.failure)) await onRejection?.(rejection);
  }
}

function delivered(parts: DestinationParts, records: Records, options: DeliverOptions) {
  const { session } = parts;
  const { signal, now = session.clock() } = options;
  return liveRun(inputOf(parts, records, now), session, {
    listener: listenerOf(options),
    wishes: wishes(options),
    describe: (result) => JSON.stringify(runJson(result)),
    ...(signal === undefined ? {} : { interrupted: signal }),
  });
}

function listenerOf({ onRejection, onEvent }: DeliverOptions) {
  return {
    ...(onRejection === undefined ? {} : { rejection: onRejection }),
    ...(onEvent === undefined ? {} : { event: onEvent }),
  };
}

/** Two runs at once on one store would each take the other for one that had died. */
class Queue {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work, work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

function wishes({ resend = false }: PlanOptions): RunWishes {
  return { ...NO_WISHES, resend };
}

/** A plan has no lane that could hold records back: to its caller they are rejected. */
function unavailable({ entries }: Batch, { message }: TargetFailure): readonly Rejection[] {
  return entries.map(({ identity }) => ({
    identity,
    code: "target_unavailable",
    field: "target",
    message,
  }));
}
