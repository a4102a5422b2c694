/**
 * The delivery loop: plan, write down, send, read, write down, for every lane side by side. What
 * failed is never called sent, and nothing leaves before it is written down.
 */
import type { Planned } from "../planning/planner.js";
import type { PlannedRequest } from "../planning/request-maker.js";
import type { RequestPlan } from "../planning/request-plan.js";
import { Courier } from "./courier.js";
import type { Compared, Delivered } from "./delivered.js";
import type { DeliveryOptions } from "./delivery-options.js";
import { Lane } from "./lane.js";
import { OTHER_RECORDS } from "./resumption.js";
import { RunGate } from "./run-gate.js";
import { ledgerRow, type Unit } from "./unit.js";

/**
 * Delivers what planning yields. A source that throws ends it, once everything under way is settled;
 * a consumer that leaves early waits for what is under way.
 *
 * @param onStop tells the planner that the run stopped: it reads no further and hands over what it holds
 */
export async function* deliver(
  planned: AsyncIterable<Planned | Compared>,
  options: DeliveryOptions,
  onStop: () => void,
): AsyncGenerator<Delivered, void, undefined> {
  const delivery = new Delivery(options, onStop);
  let broken: { readonly error: unknown } | undefined;
  try {
    try {
      yield* delivery.feed(planned);
    } catch (error) {
      broken = { error };
    }
    yield* delivery.finish();
    yield* delivery.endCarrying(broken === undefined);
    const { stop } = delivery.gate;
    if (stop !== undefined) yield { kind: "stopped", stop };
  } finally {
    await delivery.idle();
    delivery.gate.close();
  }
  const failure = delivery.gate.crash ?? broken;
  if (failure !== undefined) throw failure.error;
}

class Delivery {
  readonly gate: RunGate;
  private readonly courier: Courier;
  /** By path: the audience or pixel itself, not the name that the user gave it. */
  private readonly lanes = new Map<string, Lane>();
  private readonly underWay = new Set<Promise<void>>();
  private outbox: Delivered[] = [];
  private requests = 0;

  constructor(
    private readonly options: DeliveryOptions,
    onStop: () => void,
  ) {
    this.gate = new RunGate(options.onFailure, options.interrupted, onStop);
    this.courier = new Courier(options, this.gate, this.emit);
  }

  /** Hands requests to their lanes until the plan ends; after a stop everything that comes is not sent. */
  async *feed(planned: AsyncIterable<Planned | Compared>): AsyncGenerator<Delivered> {
    for await (const item of planned) {
      if (item.kind === "request") {
        yield* this.room();
        await this.accept(item.planned).catch((error: unknown) => {
          this.gate.crashed(error);
        });
      } else {
        this.emit(item);
        if (item.kind === "held" || item.kind === "unreached") this.gate.noteHeld(item.failure);
        if (item.kind === "rerouted") this.gate.noteRerouted();
      }
      yield* this.told();
      if (this.gate.crash !== undefined) return;
    }
  }

  /** Tells of everything that is still under way as it comes to its end. */
  async *finish(): AsyncGenerator<Delivered> {
    for (const lane of this.lanes.values()) this.watch(lane.end());
    while (this.underWay.size > 0) {
      await Promise.race(this.underWay);
      yield* this.told();
    }
    yield* this.told();
  }

  /**
   * No more records come: what was passed over and is not certain by now does not count.
   *
   * @param isWhole whether the source came to its end
   */
  async *endCarrying(isWhole: boolean): AsyncGenerator<Delivered> {
    const lanes = [...this.lanes.values()];
    for (const { carrying } of lanes)
      if (isWhole && this.gate.stop === undefined) await carrying.end();
      else carrying.leave();
    yield* this.told();
    if (lanes.some(({ carrying }) => carrying.isTakenBack))
      this.gate.stopRun({ kind: "failed", because: OTHER_RECORDS });
  }

  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private readonly emit = (delivered: Delivered): void => {
    this.outbox.push(delivered);
  };

  private *told(): Generator<Delivered> {
    const told = this.outbox;
    this.outbox = [];
    yield* told;
  }

  private async *room(): AsyncGenerator<Delivered> {
    while (this.underWay.size >= this.options.window) {
      await Promise.race(this.underWay);
      yield* this.told();
    }
  }

  private async accept(planned: PlannedRequest): Promise<void> {
    const { ledger, run, items } = this.options;
    const { request } = planned;
    const lane = this.laneOf(request.path);
    const because = this.gate.stop?.because ?? lane.whyNot();
    if (because !== undefined) {
      this.refuse(request, because);
      return;
    }
    this.requests += 1;
    const batchId = `${String(run.runId)}-${String(this.requests)}`;
    const unit: Unit = { ...planned, batchId, parent: undefined, position: lane.length };
    lane.length += 1;
    const resumed = await lane.carrying.follow(unit);
    if (resumed === "carried") return;
    if (resumed === "differs") {
      lane.stop(OTHER_RECORDS);
      this.refuse(request, OTHER_RECORDS);
      return;
    }
    this.emit({ kind: "planned", request });
    await ledger.plan(ledgerRow(unit, run, items));
    this.watch(lane.push(unit));
  }

  private watch(work: Promise<void>): void {
    const done = work.finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  private refuse(request: RequestPlan, because: string): void {
    this.emit({ kind: "planned", request });
    const { recordIdentities: identities } = request;
    this.emit({ kind: "not_sent", request, identities, whole: true, because });
  }

  private laneOf(path: string): Lane {
    const known = this.lanes.get(path);
    if (known !== undefined) return known;
    const { options, gate, courier, emit } = this;
    const lane = new Lane({ options, gate, courier, emit });
    this.lanes.set(path, lane);
    return lane;
  }
}
