/** What a live run would send first, by what the store knows; writes nothing. */
import { dryAdmission } from "../delivery/admission.js";
import type { Delivered } from "../delivery/delivered.js";
import { Items } from "../delivery/items.js";
import { Pacer } from "../delivery/pacer.js";
import { OTHER_RECORDS, Resumption, type ResumptionOptions } from "../delivery/resumption.js";
import type { Run } from "../delivery/run.js";
import type { Tally } from "../mapping/scope.js";
import type { Planned } from "../planning/planner.js";
import { planRun } from "./planning.js";
import type { RunInput, RunWishes } from "./run-input.js";
import type { Session } from "./session.js";
import { targetResolver } from "./targets.js";
import { trustedSince } from "./trust.js";

/** A planned item, or what an earlier run makes of a request. */
export type DryPlanned =
  Planned | Extract<Delivered, { readonly kind: "carried" | "planned" | "not_sent" | "stopped" }>;

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
  const options = {
    run,
    ledger: store.ledger,
    resume: !resend,
    trustedSince: trustedSince(session),
  };
  const lanes = new Map<string, DryLane>();
  for await (const item of planRun({ ...input, binding, tally, stopped, resolve, admit })) {
    if (item.kind !== "request") {
      yield item;
      continue;
    }
    const { request } = item.planned;
    const lane = lanes.get(request.path) ?? new DryLane(options);
    lanes.set(request.path, lane);
    yield* lane.follow(item);
  }
  if (!stopped() && [...lanes.values()].some((lane) => !lane.isCertain()))
    yield { kind: "stopped", stop: { kind: "failed", because: OTHER_RECORDS } };
}

/** A lane of which nothing is sent. */
class DryLane {
  private readonly resumption: Resumption;
  private length = 0;

  constructor(options: ResumptionOptions) {
    this.resumption = new Resumption(options);
  }

  isCertain(): boolean {
    return this.resumption.isCertain();
  }

  async *follow(item: Extract<Planned, { readonly kind: "request" }>): AsyncGenerator<DryPlanned> {
    const { request } = item.planned;
    const resumed = await this.resumption.follow(request, this.length);
    this.length += 1;
    if (resumed.kind === "send") yield item;
    if (resumed.kind === "carried") yield { kind: "carried", request, by: resumed.by };
    if (resumed.kind !== "differs") return;
    yield { kind: "planned", request };
    const records = request.recordCount;
    yield { kind: "not_sent", request, records, whole: true, because: OTHER_RECORDS };
  }
}

let dryRuns = 0;

/** A run that no log has: its id is no run's and no other dry run's. */
function dryRunOf(sync: string): Run {
  dryRuns += 1;
  return { runId: -dryRuns, sync, previousStart: Infinity, operation: "import" };
}
