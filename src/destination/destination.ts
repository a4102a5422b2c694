/** The library's object: a binding and a mapping, ready to plan and deliver contract records. */
import type { Binding } from "../config/binding.js";
import type { Rejection } from "../core/record.js";
import type { Waiting } from "../delivery/delivered.js";
import type { RunEvent } from "../delivery/run-event.js";
import type { RunResult } from "../delivery/run-result.js";
import type { CheckedMapping } from "../mapping/form.js";
import { emptyTally } from "../mapping/scope.js";
import type { Batch } from "../planning/batch.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetFailure } from "../planning/target.js";
import { runJson } from "../report/run-json.js";
import { dryPlan } from "../sync/dry-plan.js";
import { dryRun } from "../sync/dry-run.js";
import { liveRun } from "../sync/live-run.js";
import { incomingRecords, recordInput } from "../sync/record-input.js";
import { NO_WISHES, type RunWishes } from "../sync/run-input.js";
import type { Session } from "../sync/session.js";
import { SURFACE_DESCRIPTIONS, type SurfaceDescription } from "./surfaces.js";

/** Contract records: objects, in any iterable. */
export type Records = Iterable<unknown> | AsyncIterable<unknown>;

/** How records are planned. */
export interface PlanOptions {
  /** Freezes the clock of age checks, in milliseconds; without it no age is checked. */
  readonly now?: number;
  /** Sends again what earlier runs have delivered. */
  readonly resend?: boolean;
  /** Hears of each rejected record. */
  readonly onRejection?: (rejection: Rejection) => Promise<void> | void;
}

/** How records are delivered. */
export interface DeliverOptions extends PlanOptions {
  /** Plans and checks everything, and sends nothing. */
  readonly dryRun?: boolean;
  /** Interrupts: no request starts any more, open ones are settled, the result says `interrupted`. */
  readonly signal?: AbortSignal;
  /** Hears what requests wait for, and until when. */
  readonly onWait?: (waiting: Waiting) => void;
}

/** One configured destination. */
export interface Destination {
  readonly ref: string;
  readonly surfaces: readonly SurfaceDescription[];
  /** How requests are authorised; the token is resolved when a request leaves. */
  readonly auth: { readonly mode: "bearer"; readonly credential: "access_token" };
  readonly binding: Binding;
  readonly mapping: CheckedMapping;
  /**
   * The requests that delivering these records would send first, by what the store knows of earlier
   * runs. Audiences are looked up, if a token is there; none is created, and nothing is written.
   */
  plan(records: Records, options?: PlanOptions): AsyncGenerator<RequestPlan, void, undefined>;
  /**
   * Delivers records and reports what became of each. What the store knows as delivered is not sent
   * again. Runs of one destination wait for each other, since a store serves one at a time.
   */
  deliver(records: Records, options?: DeliverOptions): Promise<RunResult>;
}

/** Makes the destination of a session. */
export function createDestination(
  ref: string,
  mapping: CheckedMapping,
  session: Session,
): Destination {
  const { binding } = session;
  const oneAtATime = new Queue();
  const input = (records: Records, now: number | undefined) =>
    recordInput({ mapping, binding, records: incomingRecords(records), now });
  return {
    ref,
    surfaces: SURFACE_DESCRIPTIONS,
    auth: { mode: "bearer", credential: "access_token" },
    binding,
    mapping,
    async *plan(records, options = {}) {
      const { now, onRejection } = options;
      const context = { tally: emptyTally(), stopped: () => false, wishes: wishesOf(options) };
      for await (const planned of dryPlan(input(records, now), session, context)) {
        if (planned.kind === "request") yield planned.planned.request;
        else if (planned.kind === "rejection") await onRejection?.(planned.rejection);
        else if (planned.kind === "held")
          for (const rejection of unavailable(planned.batch, planned.failure))
            await onRejection?.(rejection);
      }
    },
    deliver(records, options = {}) {
      const { dryRun: dry = false, now, onRejection, onWait, signal } = options;
      const listener = {
        ...(onRejection === undefined ? {} : { rejection: onRejection }),
        ...(onWait === undefined ? {} : { event: waitsOf(onWait) }),
      };
      const wishes = wishesOf(options);
      if (dry) return dryRun(input(records, now), session, listener, wishes);
      return oneAtATime.run(() =>
        liveRun(input(records, now ?? session.clock()), session, {
          listener,
          wishes,
          describe: (result) => JSON.stringify(runJson(result)),
          ...(signal === undefined ? {} : { interrupted: signal }),
        }),
      );
    },
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

function waitsOf(onWait: (waiting: Waiting) => void) {
  return (event: RunEvent): void => {
    if (event.kind === "waiting") onWait(event.waiting);
  };
}

function wishesOf({ resend = false }: PlanOptions): RunWishes {
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
