/** The library's object: a binding and a mapping, ready to plan and deliver contract records. */
import type { Binding } from "../config/binding.js";
import type { Rejection } from "../core/record.js";
import type { RunResult } from "../delivery/run-result.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { Batch } from "../planning/batch.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetFailure } from "../planning/target.js";
import { dryRun } from "../sync/dry-run.js";
import { liveRun } from "../sync/live-run.js";
import { planRun } from "../sync/planning.js";
import { incomingRecords, recordInput } from "../sync/record-input.js";
import { deliveryOptions, targetResolver, type Session } from "../sync/session.js";
import { emptyTally } from "../mapping/scope.js";
import { SURFACE_DESCRIPTIONS, type SurfaceDescription } from "./surfaces.js";

/** Contract records: objects, in any iterable. */
export type Records = Iterable<unknown> | AsyncIterable<unknown>;

/** How records are planned. */
export interface PlanOptions {
  /** Freezes the clock of age checks, in milliseconds; without it no age is checked. */
  readonly now?: number;
  /** Hears of each rejected record. */
  readonly onRejection?: (rejection: Rejection) => Promise<void> | void;
}

/** How records are delivered. */
export interface DeliverOptions extends PlanOptions {
  /** Plans and checks everything, and sends nothing. */
  readonly dryRun?: boolean;
}

/** One configured destination. */
export interface Destination {
  readonly ref: string;
  readonly surfaces: readonly SurfaceDescription[];
  /** How requests are authorised; the token is resolved when a request leaves. */
  readonly auth: { readonly mode: "bearer"; readonly credential: "access_token" };
  readonly binding: Binding;
  readonly mapping: CheckedMapping;
  /** The requests that these records make. Audiences are looked up, if a token is there; none is created. */
  plan(records: Records, options?: PlanOptions): AsyncGenerator<RequestPlan, void, undefined>;
  /** Delivers records and reports what became of each. */
  deliver(records: Records, options?: DeliverOptions): Promise<RunResult>;
}

/** Makes the destination of a session. */
export function createDestination(
  ref: string,
  mapping: CheckedMapping,
  session: Session,
  clock: () => number,
): Destination {
  const input = (records: Records, mode: "dry" | "live", now: number | undefined) =>
    recordInput({
      mapping,
      binding: session.binding,
      records: incomingRecords(records),
      resolve: targetResolver(mapping, session, mode),
      now,
    });
  return {
    ref,
    surfaces: SURFACE_DESCRIPTIONS,
    auth: { mode: "bearer", credential: "access_token" },
    binding: session.binding,
    mapping,
    async *plan(records, { now, onRejection } = {}) {
      const run = { ...input(records, "dry", now), tally: emptyTally(), stopped: () => false };
      for await (const planned of planRun(run)) {
        if (planned.kind === "request") yield planned.request;
        else if (planned.kind === "rejection") await onRejection?.(planned.rejection);
        else if (planned.kind === "held")
          for (const rejection of unavailable(planned.batch, planned.failure))
            await onRejection?.(rejection);
      }
    },
    deliver(records, { dryRun: dry = false, now, onRejection } = {}) {
      const listener = onRejection === undefined ? {} : { rejection: onRejection };
      return dry
        ? dryRun(input(records, "dry", now), listener)
        : liveRun(input(records, "live", now ?? clock()), deliveryOptions(session), listener);
    },
  };
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
