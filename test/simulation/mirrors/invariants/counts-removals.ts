import { GUARDED_ROWS } from "../../../../src/reconcile/removal-guard.js";
import { readCells } from "../../../../src/reconcile/cells.js";
import {
  isAllowed,
  NO_MIRROR_WORDS,
  type MirrorWords,
} from "../../../../src/sync/mirror/mirror-rules.js";
import type { Check } from "../../invariants/invariant.js";
import type { Moment } from "../../moments.js";
import { GUARD_PERCENT } from "../schedule.js";
import { changesOf } from "./changes-of.js";
import { heldRows, type Held } from "./held.js";
import { targetOf, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const countsRemovals: MirrorInvariant = {
  number: "20a",
  says: "no large audience loses more than its share unless somebody says so, and what would go is counted",
  check: (facts): Check => {
    const losses = new Losses(facts);
    return (moment) => {
      if (moment.kind === "born") losses.processBegins(moment.words);
      if (moment.kind === "run_started") losses.runBegins();
      if (moment.kind === "suppressed") losses.erasing();
      if (moment.kind === "begun") losses.begun(moment.targets);
      if (moment.kind === "left") return losses.left(moment);
      return moment.kind === "run_ended" ? losses.ended(moment) : undefined;
    };
  },
};

class Losses {
  private words: MirrorWords = NO_MIRROR_WORDS;
  private held: ReadonlyMap<string, readonly Held[]> = new Map();
  private readonly removed = new Map<string, Set<string>>();
  /** By target: down to how many rows somebody let it shrink. */
  private readonly allowedTo = new Map<string, number>();

  constructor(private readonly facts: MirrorFacts) {}

  processBegins(words: MirrorWords): void {
    this.words = words;
    this.removed.clear();
  }

  runBegins(): void {
    this.held = heldRows(this.facts.tables);
  }

  erasing(): void {
    this.words = { ...this.words, allowedRemovals: { kind: "everywhere" } };
  }

  begun(targets: readonly string[]): void {
    for (const target of targets.filter((one) => isAllowed(this.words.allowedRemovals, one))) {
      const audience = [...this.facts.meta.audiences.values()].find(({ name }) => name === target);
      const changes = [...this.facts.tables.changes.values()].filter(
        ({ audienceId, operation }) => audienceId === audience?.id && operation === "remove",
      );
      const held = this.held.get(audience?.id ?? "")?.length ?? 0;
      this.allowedTo.set(target, held - changes.length);
    }
  }

  left({ exchange: { sent } }: Extract<Moment, { kind: "left" }>): string | undefined {
    if (sent?.row?.operation !== "remove" || sent.request.kind !== "users") return undefined;
    const { id } = sent.request;
    const gone = this.removed.get(id) ?? new Set();
    this.removed.set(id, gone);
    for (const { rowId } of changesOf(sent.row, this.facts.tables)) gone.add(rowId);
    const held = this.held.get(id)?.length ?? 0;
    const target = targetOf(this.facts, id);
    if (isAllowed(this.words.allowedRemovals, target)) return undefined;
    const from = Math.min(held, this.allowedTo.get(target) ?? held);
    const lost = from - (held - gone.size);
    return from >= GUARDED_ROWS && lost * 100 > from * GUARD_PERCENT
      ? `${target} loses ${String(gone.size)} of ${String(held)} rows, and nobody said so`
      : undefined;
  }

  ended({ result }: Extract<Moment, { kind: "run_ended" }>): string | undefined {
    for (const { audienceId, rows, guarded } of result.mirror?.audiences ?? []) {
      if (audienceId === undefined) continue;
      const held = this.held.get(audienceId) ?? [];
      const target = targetOf(this.facts, audienceId);
      const left = this.leftovers(held, target);
      const counted = rows.removals + rows.kept + rows.refusedRemovals;
      if (rows.held !== held.length || counted !== left)
        return `${target} has ${String(held.length)} rows, ${String(left)} of them left over; ${String(rows.held)} and ${String(counted)} are counted`;
      const share = (rows.held - rows.kept) * GUARD_PERCENT;
      if (guarded !== undefined && rows.wanted > 0 && rows.removals * 100 <= share)
        return `${target} is guarded, and would lose ${String(rows.removals)} of ${String(rows.held)} rows only`;
    }
    return undefined;
  }

  private leftovers(held: readonly Held[], target: string): number {
    const members = this.facts
      .members()
      .filter(({ lane, fate }) => lane === target && fate === "sent");
    const wanted = new Set(
      members.flatMap(({ identity, rows }) =>
        rows.map(({ cells }) => `${identity} ${cells.join()}`),
      ),
    );
    return held.filter(({ row }) => !wanted.has(`${row.identity} ${textOf(row.cells)}`)).length;
  }
}

function textOf(cells: string): string {
  return readCells(cells)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .sort()
    .join();
}
