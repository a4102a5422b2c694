import { keyOf, type ChangeRow } from "../../../../src/store/memory/tables.js";
import { TAKEN } from "../../knowledge.js";
import type { Moment } from "../../moments.js";
import { sentChangesOf } from "./changes-of.js";
import { flawIn } from "./held.js";
import type { Check } from "../../invariants/invariant.js";
import type { MirrorFacts, MirrorInvariant } from "./mirror-facts.js";

export const refusedStayOut: MirrorInvariant = {
  number: "10",
  says: "only rows that Meta refuses are rejects, and none is sent again until it changes",
  check: (facts): Check => {
    const refused = new RefusedRows(facts);
    return (moment) => {
      if (moment.kind === "born") refused.processBegins();
      // A removal that was refused is due again.
      if (moment.kind === "suppressed") refused.clear();
      if (moment.kind === "decided" && moment.decision.pardoned.length > 0) refused.clear();
      if (moment.kind === "left") return refused.sentAgain(moment);
      return moment.kind === "settled" ? refused.settled(moment) : undefined;
    };
  },
};

class RefusedRows {
  /** By row, of earlier processes: in its own one, a row may have to stand alone first. */
  private readonly before = new Map<string, string>();
  private readonly fresh = new Map<string, string>();

  constructor(private readonly facts: MirrorFacts) {}

  processBegins(): void {
    for (const [row, change] of this.fresh) this.before.set(row, change);
  }

  clear(): void {
    this.before.clear();
    this.fresh.clear();
  }

  sentAgain({ exchange }: Extract<Moment, { kind: "left" }>): string | undefined {
    const row = exchange.sent?.row;
    if (row === undefined) return undefined;
    const again = sentChangesOf(row, this.facts.tables).find(
      (change) => this.before.get(rowOf(change)) === textOf(change),
    );
    return again && `${again.identity} was refused, and left again`;
  }

  settled({ row, settlement }: Extract<Moment, { kind: "settled" }>): string | undefined {
    const { flaws, tables } = this.facts;
    const refused = new Set(settlement.rejects.map(({ itemId }) => itemId));
    for (const change of sentChangesOf(row, tables)) {
      if (refused.has(change.itemId)) {
        // Of a row one refusal is known: the last.
        this.fresh.set(rowOf(change), textOf(change));
        if (flawIn(change.cells, flaws) === undefined)
          return `${change.identity} became a reject, and nothing is wrong with it`;
      } else if (TAKEN.has(settlement.state)) this.taken(change);
    }
    return undefined;
  }

  /** Whoever is there again may leave again. */
  private taken(change: ChangeRow): void {
    if (change.operation === "remove") return;
    this.fresh.delete(rowOf(change));
    this.before.delete(rowOf(change));
  }
}

function rowOf({ audienceId, rowId }: ChangeRow): string {
  return keyOf(audienceId, rowId);
}

function textOf({ operation, contentDigest }: ChangeRow): string {
  return keyOf(operation, contentDigest);
}
