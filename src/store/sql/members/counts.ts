/** What the tables of a comparison mean for people, per audience. */
import type { MemberCounts, RowCounts } from "../../members.js";
import type { Row, Transaction } from "../database.js";
import { number } from "../read-row.js";
import { findMembers } from "./found-members.js";

/** How many are wanted in an audience; known since they were gathered. */
export interface WantedCounts {
  readonly members: number;
  readonly rows: number;
}

/** What a comparison found of one audience. */
export interface ComparedCounts {
  readonly members: MemberCounts;
  readonly rows: RowCounts;
}

/** Counts, by the number of the target. */
export async function countDifferences(
  transaction: Transaction,
): Promise<(targetNo: number, wanted: WantedCounts) => ComparedCounts> {
  const found = await findMembers(transaction);
  const members = byTarget(await transaction.rows(MEMBERS(found)));
  const rows = byTarget(await transaction.rows(ROWS(found)));
  return (targetNo, wanted) => countsIn(members.get(targetNo), rows.get(targetNo), wanted);
}

/**
 * Of whom anything is sent: whether they are wanted, and whether any row of theirs is held. The rows of
 * those who stay were found before; only those of others are looked for in all that is wanted.
 */
const SENT = (found: string) => `
  newcomers AS (
    SELECT a.target_no, a.row_id, a.is_change FROM additions a WHERE NOT EXISTS (
      SELECT 1 FROM staying_rows w WHERE w.target_no = a.target_no AND w.row_id = a.row_id)),
  sent AS (
    SELECT target_no, member, bool_or(is_change) AS is_changed,
      bool_or(is_addition) AS is_added, bool_or(NOT is_addition) AS is_removed
    FROM (
      SELECT a.target_no, w.member, a.is_change, true AS is_addition
      FROM additions a
      JOIN staying_rows w ON w.target_no = a.target_no AND w.row_id = a.row_id
      UNION ALL
      SELECT a.target_no, w.member, a.is_change, true
      FROM (
        SELECT target_no, row_id, member FROM staged_rows
        WHERE row_id IN (SELECT row_id FROM newcomers)) w
      JOIN newcomers a ON a.target_no = w.target_no AND a.row_id = w.row_id
      UNION ALL
      SELECT target_no, member, true, false FROM removals) s
    GROUP BY target_no, member),
  held AS (
    SELECT DISTINCT c.target_no, m.member
    FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
    JOIN (SELECT * FROM sent WHERE NOT is_removed) s
    ON s.target_no = c.target_no AND s.member = m.member),
  standing AS (
    SELECT s.target_no, s.member, s.is_changed, s.is_added OR w.member IS NOT NULL AS is_wanted,
      s.is_removed OR h.member IS NOT NULL AS is_held
    FROM sent s
    LEFT JOIN (SELECT DISTINCT target_no, member FROM staying_rows) w
    ON w.target_no = s.target_no AND w.member = s.member
    LEFT JOIN held h ON h.target_no = s.target_no AND h.member = s.member)`;

const MEMBERS = (found: string) => `
  WITH ${SENT(found)},
  leaving AS (SELECT DISTINCT member FROM standing WHERE NOT is_wanted)
  SELECT s.target_no,
    count(*) FILTER (WHERE s.is_wanted AND NOT s.is_held AND l.member IS NULL) AS joined,
    count(*) FILTER (WHERE s.is_wanted AND NOT s.is_held AND l.member IS NOT NULL) AS moved,
    count(*) FILTER (WHERE s.is_wanted AND s.is_held AND s.is_changed) AS changed,
    count(*) FILTER (WHERE s.is_wanted AND s.is_held AND NOT s.is_changed) AS repeated,
    count(*) FILTER (WHERE NOT s.is_wanted) AS departed
  FROM standing s LEFT JOIN leaving l ON l.member = s.member GROUP BY s.target_no`;

const ROWS = (found: string) => `
  WITH counted AS (
    SELECT target_no, 'leftover' AS what FROM differing WHERE NOT is_wanted
    UNION ALL SELECT target_no, 'removable' FROM removable
    UNION ALL SELECT target_no, 'removal' FROM removals
    UNION ALL SELECT target_no, 'due' FROM due
    UNION ALL SELECT target_no, 'addition' FROM additions
    UNION ALL
    SELECT r.target_no, 'removed_by_change' FROM removals r WHERE EXISTS (
      SELECT 1 FROM staying_rows w WHERE w.target_no = r.target_no AND w.member = r.member)),
  sums AS (
    SELECT target_no, what, count(*) AS row_count FROM counted GROUP BY target_no, what
    UNION ALL
    SELECT c.target_no, 'held', h.row_count
    FROM (SELECT audience_no, count(*) AS row_count FROM ${found} f GROUP BY audience_no) h
    JOIN compared c ON c.audience_no = h.audience_no)
  SELECT target_no,
    sum(CASE WHEN what = 'held' THEN row_count ELSE 0 END) AS held,
    sum(CASE WHEN what = 'leftover' THEN row_count ELSE 0 END) AS leftovers,
    sum(CASE WHEN what = 'removable' THEN row_count ELSE 0 END) AS removable,
    sum(CASE WHEN what = 'removal' THEN row_count ELSE 0 END) AS removals,
    sum(CASE WHEN what = 'due' THEN row_count ELSE 0 END) AS due,
    sum(CASE WHEN what = 'addition' THEN row_count ELSE 0 END) AS additions,
    sum(CASE WHEN what = 'removed_by_change' THEN row_count ELSE 0 END) AS removed_by_change
  FROM sums GROUP BY target_no`;

function byTarget(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [number(row, "target_no"), row]));
}

function countsIn(
  members: Row | undefined,
  rows: Row | undefined,
  wanted: WantedCounts,
): ComparedCounts {
  const of = (row: Row | undefined) => (name: string) =>
    row === undefined ? 0 : number(row, name);
  const member = of(members);
  const row = of(rows);
  const [joined, moved] = [member("joined"), member("moved")];
  const [changed, repeated] = [member("changed"), member("repeated")];
  const unchanged = wanted.members - joined - moved - changed - repeated;
  const [removals, additions] = [row("removals"), row("additions")];
  return {
    members: { joined, moved, changed, repeated, unchanged, left: member("departed") },
    rows: {
      held: row("held"),
      wanted: wanted.rows,
      removals,
      additions,
      removedByChange: row("removed_by_change"),
      kept: row("leftovers") - row("removable"),
      refusedRemovals: row("removable") - removals,
      refusedAdditions: row("due") - additions,
    },
  };
}
