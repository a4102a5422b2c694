import type { Entry } from "../surfaces/entry.js";
import type { UnitEnd } from "./courier.js";
import type { Unit } from "./unit.js";

/** More units than anybody wants to keep in memory for one audience. */
const KEPT_UNITS = 64;

/**
 * What is sent once more to an audience in which Meta let nobody be removed before others were added: first
 * all removals, then all additions, of which the removals may have undone some.
 */
export class SecondRound {
  /** Removals that wait. */
  readonly removals: Unit[] = [];
  private readonly additions: Unit[] = [];
  private readonly leftOut = new Set<Entry>();

  /** @param refused the removal that came too early, and how it ended */
  constructor(readonly refused: { readonly unit: Unit; readonly end: UnitEnd }) {}

  /** Keeps a unit; false when these are more than can be kept. */
  keep(unit: Unit): boolean {
    (unit.request.operation === "remove" ? this.removals : this.additions).push(unit);
    return this.removals.length + this.additions.length <= KEPT_UNITS;
  }

  /** Meta refused these for themselves: they are not sent again. */
  leaveOut(entries: readonly Entry[]): void {
    for (const entry of entries) this.leftOut.add(entry);
  }

  /** In the order in which they are sent, each with what is left of it. */
  *units(): Generator<readonly [unit: Unit, entries: readonly Entry[]]> {
    for (const unit of [...this.removals, ...this.additions]) {
      const entries = unit.entries.filter((entry) => !this.leftOut.has(entry));
      if (entries.length > 0) yield [unit, entries];
    }
  }
}
