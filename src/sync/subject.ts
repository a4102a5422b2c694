/** What a live run sends: every record of its source, or what differs from what Meta has. */
import { liveAdmission } from "../delivery/admission.js";
import type { Compared } from "../delivery/delivered.js";
import type { DeliveryOptions, PeopleRequests } from "../delivery/delivery-options.js";
import { Items } from "../delivery/items.js";
import type { Run } from "../delivery/run.js";
import { leavingOutSuppressed } from "../delivery/suppressed-records.js";
import type { Tally } from "../mapping/scope.js";
import type { Planned } from "../planning/planner.js";
import { MirrorRun } from "./mirror/mirror-run.js";
import { planRun, suppressionOptions } from "./planning.js";
import type { RunInput, RunWishes } from "./run-input.js";
import type { Session } from "./session.js";
import type { ResolvingOptions } from "./resolving-options.js";
import { keptAudiences, operationsResolver } from "./targets.js";

/** What a live run sends. */
export interface Subject {
  /** What the store knows each entry by. */
  readonly items: Pick<Items, "of">;
  readonly people: PeopleRequests;
  readonly barred: DeliveryOptions["barred"];
  readonly planned: (tally: Tally) => AsyncIterable<Planned | Compared>;
}

interface SubjectOptions extends RunWishes {
  readonly session: Session;
  readonly run: Run;
  readonly resolving: ResolvingOptions;
  readonly stopped: () => boolean;
}

/** What a run of an input sends. */
export function subjectOf<B>(input: RunInput<B>, options: SubjectOptions): Subject {
  const { session, run, resolving, stopped, resend, replay } = options;
  const { store, binding } = session;
  const now = session.clock();
  if (input.mirror !== undefined) {
    const world = { session, rules: input.mirror, mode: "live", run, now, resolving } as const;
    const mirror = new MirrorRun(input, world);
    return {
      items: mirror.rows,
      people: "difference",
      barred: atLiberty,
      planned: (tally) => mirror.planned(tally, stopped),
    };
  }
  const items = new Items(store.salt, input.maxAgeSeconds);
  const { mapping, onDoubt } = input;
  const resolve = input.resolve ?? operationsResolver(mapping, session, "live", resolving);
  const admitted = liveAdmission({ store, items, run, onDoubt, resend, replay, now });
  const admit = leavingOutSuppressed(admitted, suppressionOptions(mapping, items, store));
  return {
    items,
    people: "operations",
    barred: input.resolve === undefined ? keptAudiences(store.members) : atLiberty,
    planned: (tally) =>
      planRun({ ...input, binding, tally, past: run.past, stopped, resolve, admit }),
  };
}

/** A mirror begins only what is free; and where targets are given, whoever keeps them is meant to be passed over. */
const atLiberty: Subject["barred"] = () => Promise.resolve(undefined);
