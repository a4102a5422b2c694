import type { TargetStatus } from "../planning/target.js";
import type { CarriedBatch } from "../store/ledger.js";
import type { Delivered } from "./delivered.js";
import type { Items } from "./items.js";
import { Resumption, type Resumed, type ResumptionOptions } from "./resumption.js";
import { ledgerRow, type Unit } from "./unit.js";

/** What carrying needs. */
export interface CarryingOptions extends ResumptionOptions {
  readonly items: Pick<Items, "of">;
  readonly clock: () => number;
  /** Writes requests down, in one step, that are not sent; a dry run writes nothing. */
  readonly carry: (batches: readonly CarriedBatch[]) => Promise<void>;
  readonly emit: (carried: Extract<Delivered, { readonly kind: "carried" | "taken_back" }>) => void;
}

/** A request that is not sent, and how its target was found. */
interface PassedOver {
  readonly batch: CarriedBatch;
  readonly targetStatus: TargetStatus;
}

/** The requests of a lane for which an earlier run's count, told and written down once that is certain. */
export class Carrying {
  private readonly resumption: Resumption;
  private uncertain: PassedOver[] = [];
  /** Whether requests were passed over that do not count. */
  isTakenBack = false;

  constructor(private readonly options: CarryingOptions) {
    this.resumption = new Resumption(options);
  }

  /** What to do with a planned unit; asked once for each, in order. */
  async follow(unit: Unit): Promise<Resumed["kind"]> {
    const { run, items } = this.options;
    const { request } = unit;
    const resumed = await this.resumption.follow(request, unit.position);
    if (resumed.kind === "carried") {
      const state = resumed.by === "operator" ? "skipped" : "succeeded";
      const settledAt = resumed.countsFrom;
      const batch = { ...ledgerRow(unit, run, items), state, settledAt } as const;
      this.uncertain.push({ batch, targetStatus: request.targetStatus });
    }
    if (resumed.kind === "differs") await this.end();
    else if (this.resumption.isCertain()) await this.count();
    return resumed.kind;
  }

  /**
   * Nothing follows that could make the rest certain. Then it counts no more, and neither will it for
   * the next run, which finds it open and sends all of it.
   */
  async end(): Promise<void> {
    const { carry, clock } = this.options;
    if (this.uncertain.length === 0) return;
    const now = clock();
    this.isTakenBack = true;
    await carry(
      this.uncertain.map(({ batch }) =>
        batch.state === "skipped" ? batch : { ...batch, state: "failed", settledAt: now },
      ),
    );
    this.leave();
  }

  /** The run stopped before anything became certain: all stays as the earlier run left it. */
  leave(): void {
    for (const { batch, targetStatus } of this.uncertain.splice(0))
      // What an operator gave up is not sent in any case.
      if (batch.state === "skipped") this.options.emit({ kind: "carried", batch });
      else this.options.emit({ kind: "taken_back", batch, targetStatus });
  }

  private async count(): Promise<void> {
    if (this.uncertain.length === 0) return;
    await this.options.carry(this.uncertain.map(({ batch }) => batch));
    for (const { batch } of this.uncertain.splice(0)) this.options.emit({ kind: "carried", batch });
  }
}
