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

interface Settled {
  readonly request: RequestPlan;
  readonly outcome: Outcome;
}

/** Delivers what planning yields. */
export async function* deliver(
  planned: AsyncIterable<Planned>,
  options: DeliveryOptions,
): AsyncGenerator<Delivered, void, undefined> {
  const lanes = new Lanes(options);
  try {
    yield* start(planned, lanes);
  } catch (error) {
    // The source broke off. What is under way has left: its answers belong into the result.
    yield* lanes.finish();
    throw error;
  }
  yield* lanes.finish();
  if (lanes.runStop !== undefined) yield { kind: "stopped", ...lanes.runStop };
}

/** Starts requests until the plan ends or something stops the run. */
async function* start(planned: AsyncIterable<Planned>, lanes: Lanes): AsyncGenerator<Delivered> {
  for await (const item of planned) {
    if (item.kind !== "request") {
      yield item;
      if (item.kind === "held") lanes.noteHeld(item.failure);
    } else {
      yield* lanes.makeRoomFor(item.request.target);
      const because = lanes.stoppedLane(item.request.target);
      if (because === undefined) lanes.start(item.request);
      else yield { kind: "not_sent", request: item.request, because };
    }
    if (lanes.runStop !== undefined) return;
  }
}

/** The requests under way, at most one per lane. */
class Lanes {
  runStop: { readonly because: string; readonly blocked: boolean } | undefined;
  private readonly open = new Map<string, Promise<Settled>>();
  private readonly stopped = new Map<string, string>();

  constructor(private readonly options: DeliveryOptions) {}

  start(request: RequestPlan): void {
    const settled = this.options.send(request).then((outcome) => ({ request, outcome }));
    this.open.set(request.target, settled);
  }

  stoppedLane(lane: string): string | undefined {
    return this.runStop?.because ?? this.stopped.get(lane);
  }

  noteHeld(failure: TargetFailure): void {
    if (failure.stops === "run") this.runStop = { because: failure.message, blocked: true };
    else if (this.options.onFailure !== "continue_on_any")
      this.runStop = { because: failure.message, blocked: false };
  }

  async *makeRoomFor(lane: string): AsyncGenerator<Delivered> {
    while (this.open.has(lane) || this.open.size >= this.options.concurrency)
      yield this.settle(await (this.open.get(lane) ?? Promise.race(this.open.values())));
  }

  async *finish(): AsyncGenerator<Delivered> {
    while (this.open.size > 0) yield this.settle(await Promise.race(this.open.values()));
  }

  private settle({ request, outcome }: Settled): Delivered {
    this.open.delete(request.target);
    const because = outcome.evidence.summary;
    const stops = this.options.stops(outcome);
    if (stops === "run") this.runStop ??= { because, blocked: true };
    if (stops === "lane" || holdsLane(request, outcome)) this.stopped.set(request.target, because);
    if (this.policyStops(outcome)) this.runStop ??= { because, blocked: false };
    return { kind: "settled", request, outcome };
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
