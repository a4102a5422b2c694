/** The tables of a comparison about who is added, or sent again to replace everybody. */
import type { Comparison } from "../../members.js";
import type { Transaction } from "../database.js";
import { number } from "../read-row.js";
import type { Table } from "./tables.js";

/** Whether everybody may be replaced in any of the audiences: only then is it worth asking in which. */
export function anyReplaces({ audiences }: Pick<Comparison, "audiences">): boolean {
  return audiences.some(({ replaces }) => replaces === true);
}

/** The numbers of the targets in which everybody is replaced. */
export async function replacedTargets(
  transaction: Transaction,
  comparison: Pick<Comparison, "audiences">,
): Promise<ReadonlySet<number>> {
  if (!anyReplaces(comparison)) return new Set();
  const rows = await transaction.rows("SELECT target_no FROM replaced");
  return new Set(rows.map((row) => number(row, "target_no")));
}

/** Wanted rows that are not certain to be there, or will not be once the removals are sent. */
const DUE = `
  SELECT target_no, row_id, is_change FROM differing WHERE is_wanted
  UNION ALL
  SELECT t.target_no, t.row_id, false FROM touched t WHERE NOT EXISTS (
    SELECT 1 FROM differing d WHERE d.target_no = t.target_no AND d.row_id = t.row_id)`;

const REFUSED_ROWS: Table = [
  "refused_rows",
  `SELECT DISTINCT w.target_no, w.row_id FROM staged_rows w
    JOIN refused_before r ON r.item_id = w.item_id AND r.content_digest = w.content_digest`,
];

const WAS_REFUSED = (row: string) => `EXISTS (
      SELECT 1 FROM refused_rows r WHERE r.target_no = ${row}.target_no AND r.row_id = ${row}.row_id)`;

const ADDITIONS: Table = [
  "additions",
  `SELECT d.target_no, d.row_id, d.is_change FROM due d WHERE NOT ${WAS_REFUSED("d")}`,
];

const REMOVED = `
  SELECT l.target_no, l.row_id, l.member, l.keys, l.key_count, r.protected_keys, r.protected_count
  FROM leftovers l JOIN removals r ON r.target_no = l.target_no AND r.row_id = l.row_id`;

/** What is added, and what is gone by the removals. */
export const ADDING: readonly Table[] = [["due", DUE], REFUSED_ROWS, ADDITIONS, ["gone", REMOVED]];

/**
 * Where anything differs and somebody can be sent, everybody is, and whoever is not among those is gone;
 * in every other audience what differs is sent.
 */
export const REPLACING = (found: string): readonly Table[] => [
  ["due_by_difference", DUE],
  REFUSED_ROWS,
  [
    "replaced",
    `SELECT c.target_no FROM compared c
      WHERE c.replaces
        AND EXISTS (
          SELECT 1 FROM staged_rows w
          WHERE w.target_no = c.target_no AND NOT ${WAS_REFUSED("w")})
        AND (EXISTS (SELECT 1 FROM removals r WHERE r.target_no = c.target_no)
          OR EXISTS (
            SELECT 1 FROM due_by_difference d
            WHERE d.target_no = c.target_no AND NOT ${WAS_REFUSED("d")}))`,
  ],
  [
    "due",
    `SELECT target_no, row_id, is_change FROM due_by_difference
      UNION ALL
      SELECT w.target_no, w.row_id, false FROM staged_rows w
      JOIN replaced p ON p.target_no = w.target_no
      WHERE NOT EXISTS (
        SELECT 1 FROM due_by_difference d
        WHERE d.target_no = w.target_no AND d.row_id = w.row_id)`,
  ],
  ADDITIONS,
  [
    "gone",
    `${REMOVED} WHERE l.target_no NOT IN (SELECT target_no FROM replaced)
      UNION ALL
      SELECT c.target_no, m.row_id, m.member, m.keys, m.key_count, CAST(NULL AS UUID[]), 0
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      JOIN replaced p ON p.target_no = c.target_no
      WHERE NOT EXISTS (
        SELECT 1 FROM additions a WHERE a.target_no = c.target_no AND a.row_id = m.row_id)`,
  ],
];
