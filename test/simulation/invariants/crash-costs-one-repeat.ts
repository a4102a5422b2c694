import type { SentBatch } from "../moments.js";
import { eventKeys } from "../knowledge.js";
import type { Check, Facts, Invariant } from "./invariant.js";
import { lanesSentAnew } from "./lanes-sent-anew.js";

export const crashCostsOneRepeat: Invariant = {
  number: "13a",
  says: "what Meta has acknowledged is sent again only after a crash, and once per lane for each",
  check: (facts): Check => {
    const lanes = new Lanes(facts);
    return (moment) => {
      if (moment.kind === "born") lanes.sourceMayHaveChanged(moment.resend);
      if (moment.kind === "decided") lanes.decided(moment.decision.lanes);
      if (moment.kind === "crashed") return lanes.crashed();
      if (moment.kind === "settled")
        lanes.settled(moment.row.path, moment.settlement.rejects.length);
      if (
        moment.kind === "answered" &&
        moment.heard.complete &&
        moment.heard.exchange.sent !== undefined
      )
        lanes.acknowledged(moment.heard.exchange.sent);
      return moment.kind === "left" && moment.exchange.sent !== undefined
        ? lanes.repeated(moment.exchange.sent)
        : undefined;
    };
  },
};

class Lanes {
  /** What was acknowledged, by lane, as far as sending it again would be needless. */
  private acknowledgedBy = new Map<string, Set<string>>();
  /** Acknowledged, and written down by nobody. */
  private readonly lost = new Set<string>();
  /** Lanes whose requests look different now, because records were refused. */
  private readonly repacked = new Set<string>();
  private records: readonly unknown[] = [];

  constructor(private readonly facts: Facts) {}

  /** Only a source that grew leaves an audience's earlier requests as they were. */
  sourceMayHaveChanged(resend: boolean): void {
    const { records } = this.facts.source();
    const grew = this.records.every((record, place) => record === records[place]);
    if (resend || !grew || this.facts.source().corrected) this.acknowledgedBy = new Map();
    for (const path of lanesSentAnew(this.facts.tables)) this.acknowledgedBy.delete(path);
    this.records = records;
  }

  acknowledged(sent: SentBatch): void {
    const keys = this.acknowledgedBy.get(sent.path) ?? new Set<string>();
    for (const key of keysOf(sent)) keys.add(key);
    this.acknowledgedBy.set(sent.path, keys);
  }

  settled(path: string, rejects: number): void {
    if (rejects > 0) this.repacked.add(path);
  }

  decided(targets: readonly string[]): void {
    for (const { target, path } of this.facts.tables.batches.values())
      if (targets.includes(target)) this.repacked.add(path);
  }

  crashed(): string | undefined {
    const paths = new Set<string>();
    for (const { state, path, batchId } of this.facts.tables.batches.values()) {
      if (state !== "sending") continue;
      if (paths.has(path)) return `${batchId} was one of several requests to ${path} under way`;
      paths.add(path);
      const last = this.facts.knowledge.sends.get(batchId)?.at(-1);
      if (last !== undefined) for (const key of keysOf(last.sent)) this.lost.add(key);
    }
    return undefined;
  }

  repeated(sent: SentBatch): string | undefined {
    if (sent.request.kind === "users" && this.repacked.has(sent.path)) return undefined;
    const acknowledged = this.acknowledgedBy.get(sent.path);
    const again = keysOf(sent).find(
      (key) => acknowledged?.has(key) === true && !this.lost.has(key),
    );
    return again === undefined
      ? undefined
      : `${sent.row?.batchId ?? "a request"} repeats ${again}, which was acknowledged`;
  }
}

/**
 * Of people a planned request is one thing, which is sent again whole as long as a part of it is
 * open; of events each is one.
 */
function keysOf(sent: SentBatch): readonly string[] {
  if (sent.request.kind === "events") return eventKeys(sent);
  return sent.row === undefined || sent.row.parent !== undefined ? [] : [sent.row.fingerprint];
}
