import { heldRows } from "./held.js";
import { changesOf } from "./changes-of.js";
import type { Check } from "../../invariants/invariant.js";
import type { Moment } from "../../moments.js";
import { targetOf, wantedRows, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const oneOwner: MirrorInvariant = {
  number: "O",
  says: "an audience in which somebody is held is changed by its sync alone, and others are told so",
  check: (facts): Check => {
    const owners = new Owners(facts);
    return (moment) => {
      if (moment.kind === "released") owners.released(moment.audienceId);
      if (moment.kind === "born") owners.processBegins(moment.what);
      if (moment.kind === "left") return owners.left(moment);
      return moment.kind === "run_ended" ? owners.ended(moment) : undefined;
    };
  },
};

class Owners {
  /** By audience. */
  private readonly owners = new Map<string, string>();
  private sync = "";

  constructor(private readonly facts: MirrorFacts) {}

  released(audienceId: string): void {
    this.owners.delete(audienceId);
  }

  processBegins(what: string): void {
    this.sync = what;
  }

  left({ exchange: { sent } }: Extract<Moment, { kind: "left" }>): string | undefined {
    if (sent?.request.kind !== "users" || this.sync === "forget" || sent.row === undefined)
      return undefined;
    const { id } = sent.request;
    const { tables } = this.facts;
    const owner = this.owners.get(id);
    const own = new Set(changesOf(sent.row, tables).map(({ rowId }) => rowId));
    const isFree = this.rowIds(id).every((rowId) => own.has(rowId));
    if (owner !== undefined && owner !== this.sync && !isFree)
      return `${this.sync} sends to ${id}, which ${owner} keeps`;
    this.owners.set(id, this.sync);
    return undefined;
  }

  ended({ result }: Extract<Moment, { kind: "run_ended" }>): string | undefined {
    if (result.stopped !== undefined || result.sourceProblem !== undefined) return undefined;
    for (const [id, owner] of this.owners) {
      const target = targetOf(this.facts, id);
      if (owner === this.sync || this.rowIds(id).length === 0) continue;
      if (wantedRows(this.facts, target).length === 0) continue;
      if (result.status === "succeeded" || result.mirror?.unreached.includes(target) !== true)
        return `${this.sync} wants people in ${target}, which ${owner} keeps, and is not told so`;
    }
    return undefined;
  }

  private rowIds(audienceId: string): readonly string[] {
    return (heldRows(this.facts.tables).get(audienceId) ?? []).map(({ row }) => row.rowId);
  }
}
