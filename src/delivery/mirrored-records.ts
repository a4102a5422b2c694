/** Counts the records of a mirror, of which a request carries single rows. */
import type { MirrorMode } from "../config/sync-file.js";
import { safeName } from "../core/redact.js";
import type { SessionPlace } from "../planning/session-place.js";
import type { AudienceDifference, MemberCounts } from "../store/members.js";
import type { NewReject } from "../store/rejects.js";
import type { Compared, StagedRecord } from "./delivered.js";
import type { CarriedEnd, Carrier, RecordBook } from "./record-book.js";
import type { MirroredAudience, MirrorResult, RecordCounts, RunResult } from "./run-result.js";

/** What can keep a record from being well, the worst first. */
const TROUBLES = ["rejected", "unknown", "failed", "notSent"] as const;

type Trouble = (typeof TROUBLES)[number];

/**
 * A record is as well as the worst of its added rows. It stands as not sent from its staging until its
 * audience is compared, and then as well until one of its rows is not, so that only troubles are
 * remembered. Rows that are open are counted beside: removals are no records of the source, and an
 * addition may be of a record that is rejected already.
 */
export class MirroredRecords implements RecordBook {
  private readonly mirror: MirrorResult;
  private readonly byTarget = new Map<string, MirroredAudience>();
  private staged = 0;
  /** How many were told otherwise what they are. */
  private told = 0;
  /** Those, by identity; and of which of them a row is sent. */
  private readonly settledBefore = new Map<string, StagedRecord>();
  private readonly seenAgain = new Set<string>();
  /** Of whom Meta refused a row in this run. */
  private readonly refusedAnew = new Set<string>();
  private readonly troubles = new Map<string, Trouble>();
  /** Requests that were acknowledged of replaces that are not done, by target. */
  private readonly inSession = new Map<string, number>();
  /** How many of each target have one. */
  private readonly troubled = new Map<string, number>();

  constructor(
    private readonly result: RunResult,
    mode: MirrorMode,
  ) {
    const open = { openRemovals: 0, openAdditions: 0, requestsWithoutEffect: 0 };
    this.mirror = { mode, audiences: [], missing: [], unreached: [], misnamed: [], ...open };
    result.mirror = this.mirror;
  }

  carried({ operation, recordIdentities }: Carrier): void {
    if (operation === "remove") return;
    for (const identity of recordIdentities)
      if (this.settledBefore.has(identity)) this.seenAgain.add(identity);
  }

  ended(
    { operation, target, session, recordIdentities }: Carrier,
    end: CarriedEnd,
    identities: readonly string[] = recordIdentities,
  ): void {
    if (session !== undefined) this.noteReplace(target, session, end);
    if (end === "planned" || end === "acknowledged") return;
    if (operation === "remove") this.mirror.openRemovals += identities.length;
    else {
      this.mirror.openAdditions += identities.length;
      for (const identity of identities) this.note(target, identity, end);
    }
  }

  settled(carrier: Carrier, end: CarriedEnd, rejects: readonly NewReject[]): readonly NewReject[] {
    const { operation, target, recordIdentities } = carrier;
    const refused = new Set(rejects.map(({ identity }) => identity));
    const others = recordIdentities.filter((identity) => !refused.has(identity));
    this.ended(carrier, end, others);
    if (operation === "remove") {
      this.mirror.openRemovals += rejects.length;
      return [];
    }
    return rejects.filter(({ identity }) => this.noteRefused(target, identity));
  }

  compared(found: Compared): void {
    switch (found.kind) {
      case "staged":
        this.staged += found.records;
        this.result.records.read += found.records - found.settled.length;
        this.told += found.settled.length;
        for (const record of found.settled) this.settledBefore.set(record.identity, record);
        break;
      case "compared":
        this.add(found.audience);
        break;
      case "guarded":
        this.guard(found.target, found.because);
        break;
      case "missing":
        this.mirror.missing.push(`${safeName(found.target)} (${found.audienceId})`);
        break;
      case "misnamed": {
        const { target, near } = found;
        const name = near === undefined ? undefined : safeName(near);
        this.mirror.misnamed.push({ target: safeName(target), near: name });
        break;
      }
      case "unreached":
        this.mirror.unreached.push(safeName(found.target));
        break;
    }
  }

  close(): void {
    const going = this.mirror.audiences.filter(({ guarded }) => guarded === undefined);
    const stopped = this.mirror.audiences.filter(({ guarded }) => guarded !== undefined);
    const compared = sum(going, wanted) + sum(stopped, wanted);
    const unchanged = sum(going, unchangedOf) + sum(stopped, unchangedOf);
    const idle = [...this.settledBefore.values()].filter(
      ({ identity }) => !this.seenAgain.has(identity),
    );
    // In an audience that was stopped nobody knows which of them would have been sent.
    const amongUnchanged = Math.min(
      idle.filter(({ target }) => this.byTarget.has(target)).length,
      unchanged,
    );
    // A source that lists one twice is not compared, and each of its rows was told.
    const waiting = this.staged - compared + sum(stopped, touched);
    const toldOfWaiting = this.told - this.seenAgain.size - amongUnchanged;
    this.count("unchanged", unchanged - amongUnchanged);
    this.count("notSent", waiting - toldOfWaiting);
    const well = sum(going, touched) - this.seenAgain.size - this.troubles.size;
    const unfinished = this.result.dryRun ? 0 : this.closeReplaces();
    this.count("unknown", unfinished);
    this.count(this.result.dryRun ? "planned" : "acknowledged", well - unfinished);
    for (const trouble of this.troubles.values()) this.count(trouble, 1);
  }

  private noteReplace(target: string, { isLast }: SessionPlace, end: CarriedEnd): void {
    const audience = this.byTarget.get(target);
    if (audience === undefined) return;
    if (end === "acknowledged" || end === "unknown") audience.replace = "broken";
    if (end !== "acknowledged") return;
    if (isLast) {
      audience.replace = "done";
      this.inSession.delete(target);
    } else this.inSession.set(target, (this.inSession.get(target) ?? 0) + 1);
  }

  /**
   * What a replace that broke off has sent, Meta may show later on, or not; and whoever should be gone is
   * there. Gives how many records nobody can tell of.
   */
  private closeReplaces(): number {
    for (const requests of this.inSession.values()) this.mirror.requestsWithoutEffect += requests;
    let unfinished = 0;
    for (const [target, { replace, guarded, members, rows }] of this.byTarget) {
      if (replace === "none" || replace === "done" || guarded !== undefined) continue;
      const again = [...this.settledBefore.values()].filter(
        (record) => record.target === target && this.seenAgain.has(record.identity),
      );
      unfinished += touched(members) - again.length - (this.troubled.get(target) ?? 0);
      this.mirror.openRemovals += rows.removals;
    }
    return unfinished;
  }

  /** Remembers the worst; what a record was told to be stands. */
  private note(target: string, identity: string, trouble: Trouble): void {
    if (this.settledBefore.has(identity)) return;
    const before = this.troubles.get(identity);
    if (before === undefined) this.troubled.set(target, (this.troubled.get(target) ?? 0) + 1);
    if (before === undefined || rank(trouble) < rank(before)) this.troubles.set(identity, trouble);
  }

  /** Whether it is to be told as rejected; one that was refused before is told, but as before. */
  private noteRefused(target: string, identity: string): boolean {
    const isFirst = !this.refusedAnew.has(identity);
    this.refusedAnew.add(identity);
    this.note(target, identity, "rejected");
    const isTold = this.settledBefore.has(identity);
    if (isFirst && isTold) this.result.standingRejections -= 1;
    return isFirst && !isTold;
  }

  private add({ target, audienceId, members, rows, replaced }: AudienceDifference): void {
    const replace = replaced === undefined ? "none" : "planned";
    const of = { audienceId, members, rows, replace } as const;
    const audience: MirroredAudience = { target: safeName(target), guarded: undefined, ...of };
    this.byTarget.set(target, audience);
    this.mirror.audiences.push(audience);
  }

  private guard(target: string, because: string): void {
    const audience = this.byTarget.get(target);
    if (audience === undefined)
      throw new RangeError("an audience is compared before it is guarded");
    audience.guarded = because;
    this.mirror.openRemovals += audience.rows.removals;
    this.mirror.openAdditions += audience.rows.additions;
  }

  private count(kind: keyof RecordCounts, records: number): void {
    this.result.records[kind] += records;
  }
}

function rank(trouble: Trouble): number {
  return TROUBLES.indexOf(trouble);
}

function sum(
  audiences: readonly MirroredAudience[],
  of: (members: MemberCounts) => number,
): number {
  return audiences.reduce((all, { members }) => all + of(members), 0);
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
