/** Sends request plans: lanes side by side, each lane serial; what failed is never called sent. */
import type { Outcome } from "../core/outcome.js";
import type { Rejection } from "../core/record.js";
import type { Stops } from "../graph/class-effects.js";
import type { Batch } from "../planning/batch.js";
import type { Planned } from "../planning/planner.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetFailure } from "../planning/target.js";

/** What became of records, in the order in which it became known. */
export type Delivered =
  | { readonly kind: "rejection"; readonly rejection: Rejection }
  | { readonly kind: "withheld"; readonly identity: string }
  | { readonly kind: "held"; readonly batch: Batch; readonly failure: TargetFailure }
  | { readonly kind: "settled"; readonly request: RequestPlan; readonly outcome: Outcome }
  /** Packed when the run stopped, and so never planned. */
  | { readonly kind: "left"; readonly batch: Batch }
  /** Planned, but its lane or the run had stopped. */
  | { readonly kind: "not_sent"; readonly request: RequestPlan; readonly because: string }
  /** The run stopped here; what the source holds beyond was not planned. */
  | { readonly kind: "stopped"; readonly because: string; readonly blocked: boolean };

/** When a failure stops the run. */
export type FailurePolicy = "continue_on_any" | "stop_on_terminal" | "stop_on_any";

/** What delivery needs; everything that touches the world comes in here. */
export interface DeliveryOptions {
  readonly send: (request: RequestPlan) => Promise<Outcome>;
  /** What an outcome stops, whatever the policy says. */
  readonly stops: (outcome: Outcome) => Stops;
  readonly concurrency: number;
  readonly onFailure: FailurePolicy;
}

/**
 * Delivers what planning yields. A source that throws ends it, once everything under way is settled;
 * a consumer that leaves early waits for what is under way.
 *
 * @param onStop tells the planner that the run stopped: it reads no further and hands over what it holds
 */
export async function* deliver(
  planned: AsyncIterable<Planned>,
  options: DeliveryOptions,
  onStop: () => void,
): AsyncGenerator<Delivered, void, undefined> {
  const lanes = new Lanes(options, onStop);
  let broken: { readonly error: unknown } | undefined;
  try {
    try {
      yield* feed(planned, lanes);
    } catch (error) {
      broken = { error };
    }
    yield* lanes.finish();
    if (lanes.runStop !== undefined) yield { kind: "stopped", ...lanes.runStop };
  } finally {
    await lanes.idle();
  }
  broken ??= lanes.crash;
  if (broken !== undefined) throw broken.error;
}

/** Starts requests until the plan ends; after a stop everything that comes is not sent. */
async function* feed(planned: AsyncIterable<Planned>, lanes: Lanes): AsyncGenerator<Delivered> {
  for await (const item of planned) {
    if (item.kind === "request") {
      yield* lanes.makeRoomFor(item.request.path);
      const because = lanes.whyNot(item.request.path);
      if (because === undefined) lanes.start(item.request);
      else yield { kind: "not_sent", request: item.request, because };
    } else {
      yield item;
      if (item.kind === "held") lanes.noteHeld(item.failure);
    }
    if (lanes.crash !== undefined) return;
  }
}

/**
 * The requests under way, at most one per lane. A lane is a path: the audience or pixel itself, not
 * the name that the user gave it.
 */
class Lanes {
  runStop: { readonly because: string; readonly blocked: boolean } | undefined;
  /** A sender that threw: a bug, told once everything else is settled. */
  crash: { readonly error: unknown } | undefined;
  private readonly open = new Map<string, Promise<void>>();
  private readonly stopped = new Map<string, string>();
  private readonly settled: Delivered[] = [];

  constructor(
    private readonly options: DeliveryOptions,
    private readonly onStop: () => void,
  ) {}

  start(request: RequestPlan): void {
    const { path } = request;
    // What an answer stops must hold before the next request leaves, so it is noted at once.
    const done = this.options
      .send(request)
      .then((outcome) => {
        this.note(request, outcome);
      })
      .catch((error: unknown) => {
        this.crash ??= { error };
        this.stop({ because: "something went wrong inside retl-meta", blocked: false });
      })
      .finally(() => this.open.delete(path));
    this.open.set(path, done);
  }

  /** Why a request of this lane may not leave, if it may not. */
  whyNot(lane: string): string | undefined {
    return this.runStop?.because ?? this.stopped.get(lane);
  }

  noteHeld(failure: TargetFailure): void {
    const blocked = failure.stops === "run";
    if (blocked || this.options.onFailure !== "continue_on_any")
      this.stop({ because: failure.message, blocked });
  }

  async *makeRoomFor(lane: string): AsyncGenerator<Delivered> {
    while (this.open.has(lane) || this.open.size >= this.options.concurrency)
      await (this.open.get(lane) ?? Promise.race(this.open.values()));
    yield* this.settled.splice(0);
  }

  async *finish(): AsyncGenerator<Delivered> {
    while (this.open.size > 0) {
      await Promise.race(this.open.values());
      yield* this.settled.splice(0);
    }
    yield* this.settled.splice(0);
  }

  async idle(): Promise<void> {
    await Promise.all(this.open.values());
  }

  private note(request: RequestPlan, outcome: Outcome): void {
    const because = outcome.evidence.summary;
    const stops = this.options.stops(outcome);
    if (stops === "run") this.stop({ because, blocked: true });
    else if (this.policyStops(outcome)) this.stop({ because, blocked: false });
    if (stops === "lane" || holdsLane(request, outcome)) this.stopped.set(request.path, because);
    this.settled.push({ kind: "settled", request, outcome });
  }

  private stop(stop: NonNullable<Lanes["runStop"]>): void {
    this.runStop ??= stop;
    this.onStop();
  }

  private policyStops({ kind }: Outcome): boolean {
    const { onFailure } = this.options;
    if (kind === "succeeded" || onFailure === "continue_on_any") return false;
    return onFailure === "stop_on_any" || kind === "rejected" || kind === "blocked";
  }
}

/** What follows an unconfirmed request of an audience may undo or be undone by it: order is kept. */
function holdsLane({ surface }: RequestPlan, { kind }: Outcome): boolean {
  return surface === "custom_audiences" && kind !== "succeeded" && kind !== "partially_succeeded";
}
