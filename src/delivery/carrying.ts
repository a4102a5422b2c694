import type { CarriedBatch, Ledger } from "../store/ledger.js";
import type { Items } from "./items.js";
import { Resumption, type Resumed, type ResumptionOptions } from "./resumption.js";
import { ledgerRow, type Unit } from "./unit.js";

/** What carrying needs. */
export interface CarryingOptions extends ResumptionOptions {
  readonly ledger: Pick<Ledger, "lane" | "carry">;
  readonly items: Items;
  readonly clock: () => number;
}

/** The requests of a lane for which an earlier run's count, written down once that is certain. */
export class Carrying {
  private readonly resumption: Resumption;
  private uncertain: CarriedBatch[] = [];
  /** Whether requests were passed over that do not count. */
  isTakenBack = false;

  constructor(private readonly options: CarryingOptions) {
    this.resumption = new Resumption(options);
  }

  /** What to do with a planned unit; asked once for each, in order. */
  async follow(unit: Unit): Promise<Resumed> {
    const { run, items, ledger } = this.options;
    const resumed = await this.resumption.follow(unit.request, unit.position);
    if (resumed.kind === "carried") {
      const state = resumed.by === "operator" ? "skipped" : "succeeded";
      const { settledAt } = resumed;
      this.uncertain.push({ ...ledgerRow(unit, run, items), state, settledAt });
    }
    if (resumed.kind === "differs") await this.end();
    if (this.resumption.isCertain())
      for (const batch of this.uncertain.splice(0)) await ledger.carry(batch);
    return resumed;
  }

  /**
   * Nothing follows that could make the rest certain. Then it counts no more, and neither will it for
   * the next run, which finds the first of it open and sends all of it.
   */
  async end(): Promise<void> {
    const [first] = this.uncertain.splice(0);
    if (first === undefined) return;
    this.isTakenBack = true;
    const { ledger, clock } = this.options;
    await ledger.carry({ ...first, state: "failed", settledAt: clock() });
  }
}
