import type { Facts, Invariant } from "../../invariants/invariant.js";
import type { Flaws } from "../../records/source.js";
import type { MemberRecord, MemberRow } from "../member.js";
import type { MirrorSchedule } from "../schedule.js";

/** What an invariant of mirrors may look at. */
export interface MirrorFacts extends Facts {
  readonly schedule: MirrorSchedule;
  /** The table as the run under way, or the last one, finds it. */
  readonly members: () => readonly MemberRecord[];
  /** What Meta finds wrong, by identifier. */
  readonly flaws: Flaws;
  /** Identifiers of people whom somebody else puts into audiences. */
  readonly strangers: ReadonlySet<string>;
  /** Identifiers of people who were erased. */
  readonly erased: ReadonlySet<string>;
  /** The sync of the run under way, or of the last one. */
  readonly sync: () => string;
}

export type MirrorInvariant = Invariant<MirrorFacts>;

/** Rows that somebody wants in an audience, also those that Meta refuses. */
export function wantedRows({ members }: MirrorFacts, target: string): readonly WantedRow[] {
  return members()
    .filter(({ lane, fate }) => lane === target && fate === "sent")
    .flatMap(({ rows, line: { value } }) => rows.map((row) => ({ ...row, value })));
}

/** A row, with the value that stands beside it where its audience is value-based. */
export interface WantedRow extends MemberRow {
  readonly value: number;
}

/** Whether Meta refuses a row, or counts it as malformed. */
export function isFlawed({ flaws }: MirrorFacts, { identifiers }: MemberRow): boolean {
  return identifiers.some((identifier) => flaws.has(identifier));
}

/** The logical target of an audience. */
export function targetOf({ meta }: MirrorFacts, audienceId: string): string {
  return meta.audiences.get(audienceId)?.name ?? "";
}
