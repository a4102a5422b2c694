/** What is to be changed in one audience. */
import type { ComparedAudience, RowCounts, WantedMember, WantedRow } from "../members.js";
import type { RejectCandidate } from "../rejects.js";
import type { HeldRow } from "./tables.js";

/** What is known of an audience, and what is allowed there. */
export interface AudienceFacts {
  readonly audience: ComparedAudience;
  /** Of this audience only. */
  readonly wanted: readonly WantedMember[];
  /** Of this audience only. */
  readonly held: readonly HeldRow[];
  readonly removes: boolean;
  /** Whether a member is removed in any case. */
  readonly isSuppressed: (member: string) => boolean;
  /** Whether Meta or an operator has refused this before. */
  readonly isRefused: (change: RejectCandidate) => boolean;
}

/** A row that is wanted, with whose it is. */
export interface RowOfMember extends WantedRow {
  readonly member: string;
  readonly identity: string;
}

/** A row that is removed. */
export interface Removal {
  readonly row: HeldRow;
  readonly keys: readonly string[];
  readonly protectedKeys: readonly string[];
}

/** A row that is added, or sent again. */
export interface Addition {
  readonly row: RowOfMember;
  /** `repeated`: it is held as it is wanted, but that is not certain, or is not once removals are sent. */
  readonly because: "new" | "other_attributes" | "repeated";
}

/** What is to be changed in an audience; each list in the order of row ids. */
export interface AudienceChanges {
  readonly removals: readonly Removal[];
  /** What is gone by it: the removals, or whoever is not among the additions that replace everybody. */
  readonly gone: readonly Removal[];
  readonly isReplaced: boolean;
  readonly additions: readonly Addition[];
  /** Ids of held rows that are not certain to be there any more once this is begun. */
  readonly withdrawn: ReadonlySet<string>;
  readonly rows: RowCounts;
}

/**
 * Compares an audience. Additions come from the lower bound of what is at Meta, removals from the
 * upper one: a lost answer can cost a repeated request, never a person left behind.
 */
export function compareAudience(facts: AudienceFacts): AudienceChanges {
  const { wanted, held, removes, isSuppressed, isRefused } = facts;
  const rows = rowsOf(wanted);
  const wantedIds = new Set(rows.map(({ rowId }) => rowId));
  const leftovers = held.filter(({ rowId }) => !wantedIds.has(rowId));
  const leaving = removes ? leftovers : leftovers.filter(({ member }) => isSuppressed(member));
  const removable = removalsOf(leaving, rows, isSuppressed);
  const removals = removable.filter(({ row }) => !isRefused(removalOf(row)));
  const isTouched = touchedBy(removals);
  const differing = additionsOf(rows, isTouched, facts);
  const isSent = ({ row }: Addition) => !isRefused(row);
  const isReplaced =
    facts.audience.replaces === true &&
    (removals.length > 0 || differing.some(isSent)) &&
    rows.some((row) => isSent({ row, because: "repeated" }));
  const due = isReplaced ? everybody(rows, differing) : differing;
  const additions = due.filter(isSent);
  const members = new Set(wanted.map(({ member }) => member));
  const sent = new Set(additions.map(({ row }) => row.rowId));
  const gone = isReplaced
    ? held.filter(({ rowId }) => !sent.has(rowId)).map(removedWhole)
    : removals;
  return {
    removals: removals.sort(byRowId),
    gone: gone.sort(byRowId),
    isReplaced,
    additions: additions.sort(byRowId),
    withdrawn: new Set(
      held
        .filter((row) => isReplaced || sent.has(row.rowId) || isTouched(row))
        .map(({ rowId }) => rowId),
    ),
    rows: {
      held: held.length,
      wanted: rows.length,
      removals: removals.length,
      additions: additions.length,
      removedByChange: removals.filter(({ row }) => members.has(row.member)).length,
      kept: leftovers.length - removable.length,
      refusedRemovals: removable.length - removals.length,
      refusedAdditions: due.length - additions.length,
    },
  };
}

function rowsOf(wanted: readonly WantedMember[]): readonly RowOfMember[] {
  return wanted.flatMap(({ member, identity, rows }) =>
    rows.map((row) => ({ ...row, member, identity })),
  );
}

/** What identifies a removal: it has no content of its own. */
export function removalOf({ itemId, rowId }: HeldRow): RejectCandidate {
  return { itemId, contentDigest: rowId };
}

/**
 * A key that a wanted row has stays, whoever's it is: Meta removes whom it finds by it. A row without
 * keys finds somebody only as a whole. Of suppressed people nothing stays.
 */
function removalsOf(
  leftovers: readonly HeldRow[],
  wanted: readonly RowOfMember[],
  isSuppressed: AudienceFacts["isSuppressed"],
): readonly Removal[] {
  const wantedKeys = new Set(wanted.flatMap(({ keys }) => keys));
  const wantedCells = new Set(wanted.map(({ cells }) => cells));
  return leftovers
    .map((row) => {
      const stays = (key: string) => wantedKeys.has(key) && !isSuppressed(row.member);
      const keys = row.keys.filter((key) => !stays(key));
      return { row, keys, protectedKeys: row.keys.filter(stays) };
    })
    .filter(({ row, keys }) =>
      row.keys.length > 0
        ? keys.length > 0
        : isSuppressed(row.member) || !wantedCells.has(row.cells),
    );
}

/** A replace leaves nobody any of their keys. */
function removedWhole(row: HeldRow): Removal {
  return { row, keys: row.keys, protectedKeys: [] };
}

/** Where everybody is replaced, whoever does not differ is sent again. */
function everybody(
  rows: readonly RowOfMember[],
  differing: readonly Addition[],
): readonly Addition[] {
  const byId = new Map(differing.map((addition) => [addition.row.rowId, addition]));
  return rows.map((row) => byId.get(row.rowId) ?? { row, because: "repeated" });
}

type IsTouched = (row: Pick<HeldRow, "member" | "keys" | "cells">) => boolean;

/**
 * Whether some removals may undo a row: Meta removes people, so that whatever is of the same member or
 * has one of their keys, sent or not, may go with them. It may be wanted, or left over and not removed.
 */
function touchedBy(removals: readonly Removal[]): IsTouched {
  const members = new Set(removals.map(({ row }) => row.member));
  const keys = new Set(removals.flatMap(({ row }) => row.keys));
  const withoutKeys = removals.filter(({ row }) => row.keys.length === 0);
  const cells = new Set(withoutKeys.map(({ row }) => row.cells));
  return (row) =>
    members.has(row.member) ||
    row.keys.some((key) => keys.has(key)) ||
    (row.keys.length === 0 && cells.has(row.cells));
}

/** Rows that are not certain to be there, or will not be once the removals are sent. */
function additionsOf(
  wanted: readonly RowOfMember[],
  isTouched: IsTouched,
  { held, audience: { trustedSince } }: AudienceFacts,
): readonly Addition[] {
  const heldById = new Map(held.map((row) => [row.rowId, row]));
  return wanted
    .map((row) => ({ row, standing: standingOf(row, heldById.get(row.rowId), trustedSince) }))
    .filter(({ row, standing }) => standing !== "confirmed" || isTouched(row))
    .map(({ row, standing }) => ({
      row,
      because: standing === "confirmed" ? ("repeated" as const) : standing,
    }));
}

function standingOf(
  { attributesDigest }: WantedRow,
  held: HeldRow | undefined,
  trustedSince: number,
): Addition["because"] | "confirmed" {
  if (held === undefined) return "new";
  if (held.attributesDigest !== attributesDigest) return "other_attributes";
  const { confirmedAt } = held;
  return confirmedAt !== undefined && confirmedAt >= trustedSince ? "confirmed" : "repeated";
}

/** Hex digits: any order of texts is that of their bytes. */
function byRowId(
  { row: one }: { readonly row: { readonly rowId: string } },
  { row: other }: { readonly row: { readonly rowId: string } },
): number {
  return one.rowId < other.rowId ? -1 : Number(one.rowId > other.rowId);
}
