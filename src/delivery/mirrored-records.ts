/** Counts the records of a mirror, of which a request carries single rows. */
import { safeName } from "../core/redact.js";
import type { AudienceDifference, MemberCounts } from "../store/members.js";
import type { NewReject } from "../store/rejects.js";
import type { Compared } from "./delivered.js";
import type { CarriedEnd, Carrier, RecordBook } from "./record-book.js";
import type { MirrorResult, RecordCounts, RunResult } from "./run-result.js";

/** What can keep a record from being well, the worst first. */
const TROUBLES = ["rejected", "unknown", "failed", "notSent"] as const;

type Trouble = (typeof TROUBLES)[number];

/**
 * A record is as well as the worst of its added rows. It stands as not sent from its staging until its
 * audience is compared, and then as well until one of its rows is not, so that only troubles are
 * remembered. Removals are no records of the source: those that are not acknowledged are counted as rows.
 */
export class MirroredRecords implements RecordBook {
  private readonly mirror: MirrorResult = { audiences: [], openRemovals: 0 };
  private staged = 0;
  /** Of which it was told otherwise what they are; true once a row of theirs was seen. */
  private readonly settledBefore = new Map<string, boolean>();
  private readonly troubles = new Map<string, Trouble>();

  constructor(private readonly result: RunResult) {
    result.mirror = this.mirror;
  }

  carried({ operation, recordIdentities }: Carrier): void {
    if (operation === "remove") return;
    for (const identity of recordIdentities)
      if (this.settledBefore.has(identity)) this.settledBefore.set(identity, true);
  }

  ended(
    { operation, recordIdentities }: Carrier,
    end: CarriedEnd,
    identities: readonly string[] = recordIdentities,
  ): void {
    if (end === "planned" || end === "acknowledged") return;
    if (operation === "remove") this.mirror.openRemovals += identities.length;
    else for (const identity of identities) this.note(identity, end);
  }

  settled(carrier: Carrier, end: CarriedEnd, rejects: readonly NewReject[]): readonly NewReject[] {
    const refused = new Set(rejects.map(({ identity }) => identity));
    const others = carrier.recordIdentities.filter((identity) => !refused.has(identity));
    this.ended(carrier, end, others);
    if (carrier.operation === "remove") {
      this.mirror.openRemovals += rejects.length;
      return [];
    }
    const news = [...new Map(rejects.map((reject) => [reject.identity, reject])).values()];
    return news.filter(({ identity }) => this.note(identity, "rejected"));
  }

  compared(found: Compared): void {
    switch (found.kind) {
      case "staged":
        this.staged += found.records;
        this.result.records.read += found.records - found.settled.length;
        for (const identity of found.settled) this.settledBefore.set(identity, false);
        break;
      case "compared":
        this.mirror.audiences.push(mirrored(found.audience));
        break;
      case "guarded":
        this.guard(found.target, found.because);
        break;
      case "unreached":
        break;
    }
  }

  close(): void {
    const { audiences } = this.mirror;
    const sum = (of: (audience: MemberCounts) => number, guarded: boolean) =>
      audiences
        .filter((audience) => (audience.guarded !== undefined) === guarded)
        .reduce((all, { members }) => all + of(members), 0);
    const compared = sum(wanted, true) + sum(wanted, false);
    const seen = [...this.settledBefore.values()].filter(Boolean).length;
    const idle = this.settledBefore.size - seen;
    const unchanged = sum(unchangedOf, true) + sum(unchangedOf, false);
    const idleHere = Math.min(idle, unchanged);
    this.add("unchanged", unchanged - idleHere);
    this.add("notSent", this.staged - compared + sum(touched, true) - (idle - idleHere));
    const well = sum(touched, false) - seen - this.troubles.size;
    this.add(this.result.dryRun ? "planned" : "acknowledged", well);
    for (const trouble of this.troubles.values()) this.add(trouble, 1);
  }

  /** Remembers the worst; whether it is that now, and was not before. */
  private note(identity: string, trouble: Trouble): boolean {
    if (this.settledBefore.has(identity)) return false;
    const before = this.troubles.get(identity);
    const isWorse = before === undefined || rank(trouble) < rank(before);
    if (isWorse) this.troubles.set(identity, trouble);
    return isWorse;
  }

  private guard(target: string, because: string): void {
    const audience = this.mirror.audiences.find((one) => one.target === safeName(target));
    if (audience === undefined)
      throw new RangeError("an audience is compared before it is guarded");
    audience.guarded = because;
    this.mirror.openRemovals += audience.rows.removals;
  }

  private add(kind: keyof RecordCounts, count: number): void {
    this.result.records[kind] += count;
  }
}

function mirrored({ target, audienceId, members, rows }: AudienceDifference) {
  return { target: safeName(target), audienceId, guarded: undefined, members, rows };
}

function rank(trouble: Trouble): number {
  return TROUBLES.indexOf(trouble);
}

/** Something of these is sent. */
function touched({ joined, moved, changed, repeated }: MemberCounts): number {
  return joined + moved + changed + repeated;
}

function unchangedOf({ unchanged }: MemberCounts): number {
  return unchanged;
}

function wanted(members: MemberCounts): number {
  return touched(members) + unchangedOf(members);
}
