/**
 * Who may be in which audience, and what a run has to change about that. The store holds every row
 * that may be at Meta; a row is *confirmed* when Meta acknowledged it and nothing sent since could have
 * undone that. What is confirmed is at Meta, and what is at Meta is held.
 */

/** A row as the source wants it in an audience. Ids and digests are 32 hex digits, made with the salt. */
export interface WantedRow {
  /** Of the member and of its key and context cells, by column name; the same in every audience. */
  readonly rowId: string;
  /** Which row of which target: the id of its reject, if its addition becomes one. */
  readonly itemId: string;
  /** Of all its cells, attributes too: what Meta refuses is left out until this changes. */
  readonly contentDigest: string;
  /** A digest of each key cell and its column; the same cell has the same digest in every row. */
  readonly keys: readonly string[];
  /** Key and context cells; for the store an opaque text. Kept to find the person again. */
  readonly cells: string;
  /** Attribute cells; for the store an opaque text. Kept until the row is sent, then as a digest only. */
  readonly attributes: string;
  readonly attributesDigest: string;
}

/** A record of the source with the rows that it wants in one audience. */
export interface WantedMember {
  /** The logical target. */
  readonly target: string;
  /** Who it is, the same in every audience. */
  readonly member: string;
  /** In the form that may be shown. */
  readonly identity: string;
  /** At least one, each with another `rowId`. */
  readonly rows: readonly WantedRow[];
}

/** An audience that some sync of this store has begun to change. */
export interface HeldAudience {
  readonly audienceId: string;
  /** Its name when its rows were last changed. */
  readonly target: string;
  /** The one sync that may change it; nobody since it was released. */
  readonly owner: string | undefined;
  /** How many are held of it; none after everybody has left. */
  readonly rows: number;
}

/**
 * The members of audiences. Everything is seen as if all that was sent so far were folded, so that a dry
 * run finds what the next run will.
 */
export interface Members {
  /** By target, then id. */
  audiences(): Promise<readonly HeldAudience[]>;
  /**
   * Lets whichever sync begins an audience next own it, with the rows that are held of it; not while a
   * run of its owner goes on.
   */
  release(audienceId: string): Promise<"released" | "under_way" | "not_owned">;
  /**
   * The sync that keeps an audience: it owns it, and some row is held there or is about to be. Whoever has
   * a request written down before asking, and is told of nobody, is found by every later
   * {@link Difference.begin} as long as its run goes on. A store that is only read is not asked.
   */
  keeperOf(audienceId: string): Promise<string | undefined>;
  /** Begins to gather what a source wants. One at a time; nothing of it outlives the opening. */
  stage(): Promise<Staging>;
}

/** What a source wants, as it is gathered. */
export interface Staging {
  add(members: readonly WantedMember[]): Promise<void>;
  /** Keys that count as suppressed in the comparison, beside those that are: what a dry run supposes. */
  suppress(keys: readonly string[]): Promise<void>;
  /** The targets that are wanted so far, in order. */
  targets(): Promise<readonly string[]>;
  /** Records that are there more than once for one audience: an error of the source. */
  repeated(): Promise<RepeatedMembers>;
  /**
   * Compares what is wanted, of which nothing is repeated, with what is held. Once; the store is only
   * read.
   */
  compare(comparison: Comparison): Promise<Difference>;
  /** Gives everything up that was gathered. May be called more than once. */
  close(): Promise<void>;
}

/** Records that are there more than once. */
export interface RepeatedMembers {
  /** How many identities are repeated. */
  readonly count: number;
  /** The first five, in order, in the form that may be shown. */
  readonly examples: readonly string[];
}

/** What is compared. */
export interface Comparison {
  /** Whose rejects count. */
  readonly sync: string;
  /** Each target and each id once. Others are left as they are: whoever is wanted there does not count. */
  readonly audiences: readonly ComparedAudience[];
  /**
   * Whether rows that are held and not wanted are removed. Those of suppressed people are in any case:
   * of each member who has a suppressed key in one of these audiences.
   */
  readonly removes: boolean;
}

/** An audience that is compared, also when nothing is wanted in it any more. */
export interface ComparedAudience {
  readonly target: string;
  /** Missing while it is to be created: nothing is held of it. */
  readonly audienceId: string | undefined;
  /** What was sent before this instant counts as not confirmed. */
  readonly trustedSince: number;
  /**
   * Whether everybody is sent as soon as anything differs, to stand in the place of whoever is there. Only
   * if somebody is left to be sent: nobody cannot stand there.
   */
  readonly replaces?: boolean;
}

/** What is to be changed, in which order, and what that means for people. */
export interface Difference {
  /** In the order of the comparison. */
  readonly audiences: readonly AudienceDifference[];
  /**
   * Durable before the first request: the changes of these targets are written down, the rows that they
   * touch lose their confirmation, and the run's sync owns these audiences. One that another sync keeps
   * by now is left as it is, and given back; so is one that nobody keeps and a run of another sync that goes on
   * has requests for. Touched is each held row that
   * is removed or added, and each, wanted or not, that a removal may undo: of the same member, with one
   * of the removed row's keys, sent or not, or, without keys, with the cells of one without keys.
   *
   * Down to how many rows an audience may shrink is noted as it is given, or that nothing is.
   *
   * Once in a run. Rejects with a `RangeError`, and changes nothing, when one of these audiences was
   * still to be created when it was compared.
   */
  begin(
    runId: number,
    targets: readonly string[],
    mayShrinkTo?: ReadonlyMap<string, number>,
  ): Promise<readonly TakenAudience[]>;
  /**
   * The changes of a target by place, beginning behind one (-1 for all), at most so many: as they were
   * found, whatever has become of them since.
   */
  changes(target: string, after: number, limit: number): Promise<readonly Change[]>;
}

/** An audience that is another sync's: it keeps it, or sends operations to it in a run that goes on. */
export interface TakenAudience extends Pick<HeldAudience, "target" | "audienceId"> {
  readonly kind: "kept" | "in_use";
  readonly sync: string;
}

/** What a comparison found of one audience. */
export interface AudienceDifference {
  readonly target: string;
  readonly audienceId: string | undefined;
  /** What was noted when its changes were last begun; see {@link Difference.begin}. */
  readonly mayShrinkTo: number | undefined;
  /** Of the members that are wanted each is one of these; those that left are not wanted. */
  readonly members: MemberCounts;
  readonly rows: RowCounts;
  /**
   * Of one in which everybody is replaced: the places of all its changes. Its additions are all rows that
   * are wanted and were not refused before; its removals, of which none is sent, all others that are held.
   */
  readonly replaced?: PlaceRange;
}

/** Members of an audience. */
export interface MemberCounts {
  /** Wanted, nothing of them is held, and they are added. */
  readonly joined: number;
  /** The same, and they are among those that left another audience of this comparison. */
  readonly moved: number;
  /** Held, and with rows that are removed, or that are added new or with other attributes. */
  readonly changed: number;
  /** Held and not changed, but some row is sent again: not confirmed, or touched by a removal. */
  readonly repeated: number;
  /** Wanted, and nothing is sent: all is confirmed, or was refused before. */
  readonly unchanged: number;
  /** No longer wanted, with a row that is removed. */
  readonly left: number;
}

/** Rows of an audience. */
export interface RowCounts {
  /** Held before the run. */
  readonly held: number;
  /** Wanted, also those that were refused before. */
  readonly wanted: number;
  /** Of an audience in which everybody is replaced: those that would be removed otherwise. */
  readonly removals: number;
  readonly additions: number;
  /** Of the removals, those of members that are still wanted, with other rows. */
  readonly removedByChange: number;
  /**
   * Not wanted and not removed: everything in them is part of somebody's wanted row, or nothing is
   * removed at all.
   */
  readonly kept: number;
  /** Would be removed, but Meta refused that before. */
  readonly refusedRemovals: number;
  /** Would be added, but Meta or an operator refused that before. */
  readonly refusedAdditions: number;
}

/**
 * A row that is removed or added. The removals of an audience come before its additions, and both in the
 * order of their row ids.
 */
export interface Change {
  /** Counts from 0, audience after audience in the order of the comparison. */
  readonly place: number;
  readonly operation: "remove" | "upsert";
  readonly member: string;
  readonly rowId: string;
  /** Of a removal that of its row in its audience: see `removal-id.ts`. */
  readonly itemId: string;
  /** Of a removal its row id: it has no content of its own. */
  readonly contentDigest: string;
  readonly identity: string;
  readonly cells: string;
  /** Of an addition. */
  readonly attributes: string | undefined;
  /** The key cells that are sent; of a removal without those that a wanted row has, but for suppressed people. */
  readonly keys: readonly string[];
}

/** Places of changes from `first` to `last`. */
export interface PlaceRange {
  readonly first: number;
  readonly last: number;
}
