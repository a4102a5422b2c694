/** What a live run would send first, by what the store knows; writes nothing. */
import { dryAdmission } from "../delivery/admission.js";
import type { Delivered } from "../delivery/delivered.js";
import { Items } from "../delivery/items.js";
import { Pacer } from "../delivery/pacer.js";
import { Resumption } from "../delivery/resumption.js";
import type { Run } from "../delivery/run.js";
import type { Tally } from "../mapping/scope.js";
import type { Planned } from "../planning/planner.js";
import { planRun } from "./planning.js";
import type { RunInput, RunWishes } from "./run-input.js";
import type { Session } from "./session.js";
import { targetResolver } from "./targets.js";
import { trustedSince } from "./trust.js";

/** A planned item, or a request that an earlier run makes needless. */
export type DryPlanned = Planned | Extract<Delivered, { readonly kind: "carried" }>;

/** What a dry plan is made in. */
export interface DryContext {
  readonly tally: Tally;
  readonly stopped: () => boolean;
  readonly wishes: RunWishes;
}

/** Plans against the store of a session, which is only read. */
export async function* dryPlan<B>(
  input: RunInput<B>,
  session: Session,
  { tally, stopped, wishes }: DryContext,
): AsyncGenerator<DryPlanned, void, undefined> {
  const { store, binding, clock, random } = session;
  const { mapping, sync, onDoubt, maxAgeSeconds } = input;
  const run = dryRunOf(sync);
  const items = new Items(store.salt, maxAgeSeconds);
  const { resend } = wishes;
  const now = input.now ?? clock();
  const waiting = {
    pacer: new Pacer(clock, random),
    signal: new AbortController().signal,
    onWait: () => undefined,
  };
  const resolve = targetResolver(mapping, session, "dry", waiting);
  const admit = dryAdmission({ store, items, run, onDoubt, resend, now });
  const lanes = new Map<string, { readonly resumption: Resumption; length: number }>();
  for await (const item of planRun({ ...input, binding, tally, stopped, resolve, admit })) {
    if (item.kind !== "request") {
      yield item;
      continue;
    }
    const { request } = item.planned;
    const options = {
      run,
      ledger: store.ledger,
      resume: !resend,
      trustedSince: trustedSince(session),
    };
    const lane = lanes.get(request.path) ?? { resumption: new Resumption(options), length: 0 };
    lanes.set(request.path, lane);
    const carried = await lane.resumption.carriedBy(request, lane.length);
    lane.length += 1;
    yield carried === undefined ? item : { kind: "carried", request, by: carried.by };
  }
}

let dryRuns = 0;

/** A run that no log has: its id is no run's and no other dry run's. */
function dryRunOf(sync: string): Run {
  dryRuns += 1;
  return { runId: -dryRuns, sync, previousStart: Infinity, operation: "import" };
}
