/** What a live run would send first, by what the store knows; writes nothing. */
import { dryAdmission } from "../delivery/admission.js";
import { Carrying, type CarryingOptions } from "../delivery/carrying.js";
import type { Compared, Delivered } from "../delivery/delivered.js";
import { Items } from "../delivery/items.js";
import { Pacer } from "../delivery/pacer.js";
import { OTHER_RECORDS } from "../delivery/resumption.js";
import { REROUTED } from "../delivery/run-gate.js";
import type { Run } from "../delivery/run.js";
import { leavingOutSuppressed } from "../delivery/suppressed-records.js";
import type { Tally } from "../mapping/scope.js";
import type { Planned } from "../planning/planner.js";
import { MirrorRun } from "./mirror/mirror-run.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { SyncPast } from "../store/run-log.js";
import { planRun, suppressionOptions } from "./planning.js";
import type { RunInput, RunWishes } from "./run-input.js";
import type { Session } from "./session.js";
import type { ResolvingOptions } from "./resolving-options.js";
import { operationsResolver } from "./targets.js";
import { trustedSince } from "./trust.js";

/** A planned item, or what an earlier run makes of a request. */
export type DryPlanned =
  | Planned
  | Compared
  | Extract<
      Delivered,
      { readonly kind: "carried" | "taken_back" | "planned" | "not_sent" | "stopped" }
    >;

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
  context: DryContext,
): AsyncGenerator<DryPlanned, void, undefined> {
  const { clock, random, store } = session;
  const { mirror: rules, sync } = input;
  const resolving = session.resolving ?? {
    pacer: new Pacer(clock, random),
    signal: new AbortController().signal,
    onWait: () => undefined,
  };
  const run = dryRunOf(sync, await store.runs.past(sync));
  if (rules === undefined) {
    yield* dryRecords(input, { ...context, session, run, resolving });
    return;
  }
  const world = { session, rules, mode: "dry", run, now: clock(), resolving } as const;
  yield* new MirrorRun(input, world).planned(context.tally, context.stopped);
}

interface RecordsContext extends DryContext {
  readonly session: Session;
  readonly run: Run;
  readonly resolving: ResolvingOptions;
}

async function* dryRecords<B>(
  input: RunInput<B>,
  { session, run, resolving, tally, stopped, wishes }: RecordsContext,
): AsyncGenerator<DryPlanned, void, undefined> {
  const { store, binding, clock } = session;
  const { mapping, onDoubt, maxAgeSeconds } = input;
  const now = input.now ?? clock();
  const items = new Items(store.salt, maxAgeSeconds);
  const resolve = input.resolve ?? operationsResolver(mapping, session, "dry", resolving);
  const admitted = dryAdmission({ store, items, run, onDoubt, ...wishes, now });
  const admit = leavingOutSuppressed(admitted, suppressionOptions(mapping, items, store));
  const options = {
    run,
    items,
    clock,
    ledger: store.ledger,
    resume: !wishes.resend,
    trustedSince: trustedSince(session),
  };
  const { past = { firstStart: now, horizon: undefined } } = run;
  const planned = planRun({ ...input, binding, tally, past, stopped, resolve, admit });
  yield* followed(planned, options, stopped);
}

/** What earlier runs make of planned requests. What came before a source broke off is told as well. */
async function* followed(
  planned: AsyncIterable<Planned>,
  options: DryLaneOptions,
  stopped: () => boolean,
): AsyncGenerator<DryPlanned, void, undefined> {
  const lanes = new Map<string, DryLane>();
  let broken: { readonly error: unknown } | undefined;
  let rerouted = false;
  try {
    for await (const item of planned) {
      rerouted ||= item.kind === "rerouted";
      if (item.kind !== "request") yield item;
      else if (rerouted) yield* notSent(item.planned.request, REROUTED);
      else yield* laneOf(item, lanes, options).follow(item);
    }
  } catch (error) {
    broken = { error };
  }
  const isWhole = broken === undefined && !stopped();
  for (const lane of lanes.values()) yield* lane.end(isWhole);
  if (isWhole && [...lanes.values()].some((lane) => lane.isTakenBack))
    yield { kind: "stopped", stop: { kind: "failed", because: OTHER_RECORDS } };
  if (rerouted) yield { kind: "stopped", stop: { kind: "failed", because: REROUTED } };
  if (broken !== undefined) throw broken.error;
}

function* notSent(request: RequestPlan, because: string): Generator<DryPlanned> {
  yield { kind: "planned", request };
  yield { kind: "not_sent", request, identities: request.recordIdentities, whole: true, because };
}

type PlannedRequestItem = Extract<Planned, { readonly kind: "request" }>;

function laneOf(
  { planned: { request } }: PlannedRequestItem,
  lanes: Map<string, DryLane>,
  options: DryLaneOptions,
): DryLane {
  const lane = lanes.get(request.target) ?? new DryLane(options);
  lanes.set(request.target, lane);
  return lane;
}

type DryLaneOptions = Omit<CarryingOptions, "carry" | "emit">;

/** A lane of which nothing is sent or written down. */
class DryLane {
  private readonly carrying: Carrying;
  private told: DryPlanned[] = [];
  private length = 0;

  constructor(options: DryLaneOptions) {
    this.carrying = new Carrying({
      ...options,
      carry: () => Promise.resolve(),
      emit: (carried) => this.told.push(carried),
    });
  }

  get isTakenBack(): boolean {
    return this.carrying.isTakenBack;
  }

  async *follow(item: PlannedRequestItem): AsyncGenerator<DryPlanned> {
    const { planned } = item;
    const { request } = planned;
    const place = { batchId: "", parent: undefined, position: this.length };
    this.length += 1;
    const resumed = await this.carrying.follow({ ...planned, ...place });
    yield* this.told.splice(0);
    if (resumed === "send") yield item;
    if (resumed !== "differs") return;
    yield* notSent(request, OTHER_RECORDS);
  }

  async *end(isWhole: boolean): AsyncGenerator<DryPlanned> {
    if (isWhole) await this.carrying.end();
    else this.carrying.leave();
    yield* this.told.splice(0);
  }
}

let dryRuns = 0;

/** A run that no log has: its id is no run's and no other dry run's. */
function dryRunOf(sync: string, past: SyncPast | undefined): Run {
  dryRuns += 1;
  return { runId: -dryRuns, sync, previousStart: Infinity, operation: "import", past };
}
