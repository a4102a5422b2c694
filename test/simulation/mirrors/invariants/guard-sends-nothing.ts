import {
  isAllowed,
  NO_MIRROR_WORDS,
  type MirrorWords,
} from "../../../../src/sync/mirror/mirror-rules.js";
import type { Check } from "../../invariants/invariant.js";
import type { Moment } from "../../moments.js";
import { targetOf, wantedRows, type MirrorFacts, type MirrorInvariant } from "./mirror-facts.js";

export const guardSendsNothing: MirrorInvariant = {
  number: "20",
  says: "an audience that its guard stops is sent nothing, and none is emptied unless somebody says so",
  check: (facts): Check => {
    const guards = new Guards(facts);
    return (moment) => {
      if (moment.kind === "born") guards.processBegins(moment.words);
      if (moment.kind === "suppressed") guards.erasing();
      if (moment.kind === "begun") guards.begun(moment.targets);
      if (moment.kind === "left") return guards.left(moment);
      return moment.kind === "run_ended" ? guards.ended(moment) : undefined;
    };
  },
};

class Guards {
  private readonly sentTo = new Set<string>();
  /** Audiences that somebody let a run empty, until somebody is wanted there again. */
  private readonly mayBeEmptied = new Set<string>();
  private words: MirrorWords = NO_MIRROR_WORDS;
  private erases = false;

  constructor(private readonly facts: MirrorFacts) {}

  /** Whoever is erased is removed past every guard. */
  erasing(): void {
    this.erases = true;
  }

  processBegins(words: MirrorWords): void {
    this.words = words;
    this.erases = false;
    this.sentTo.clear();
  }

  /** A run that breaks off may be completed by others. */
  begun(targets: readonly string[]): void {
    for (const target of targets)
      if (!this.isEmptied(target)) this.mayBeEmptied.delete(target);
      else if (isAllowed(this.words.allowedRemovals, target)) this.mayBeEmptied.add(target);
  }

  left({ exchange }: Extract<Moment, { kind: "left" }>): string | undefined {
    const request = exchange.sent?.request;
    if (request?.kind !== "users") return undefined;
    const target = targetOf(this.facts, request.id);
    this.sentTo.add(target);
    const isGuarded = !this.erases && this.isEmptied(target) && !this.mayBeEmptied.has(target);
    return request.operation === "remove" && isGuarded
      ? `${target} is emptied, and nobody said so`
      : undefined;
  }

  ended({ result }: Extract<Moment, { kind: "run_ended" }>): string | undefined {
    const sent = (result.mirror?.audiences ?? []).find(
      ({ target, guarded }) => guarded !== undefined && this.sentTo.has(target),
    );
    return sent && `${sent.target} was guarded, and sent to`;
  }

  private isEmptied(target: string): boolean {
    return wantedRows(this.facts, target).length === 0;
  }
}
