/** The tables of a comparison about who is removed, and whom that may take away. */
import type { Transaction } from "../database.js";
import { flag } from "../read-row.js";
import { removalId, type Table } from "./tables.js";

/** Whether anybody is suppressed: of ten million rows none is looked at for nobody. */
export async function isAnySuppressed(transaction: Transaction): Promise<boolean> {
  const [found] = await transaction.rows(
    `SELECT count(*) > 0 AS any_suppressed FROM (${SUPPRESSED_KEYS}) k`,
  );
  return found !== undefined && flag(found, "any_suppressed");
}

/**
 * Rows that are held and not wanted, and what of them somebody's wanted row has. Few of many rows are
 * looked up by one id first: by that alone an engine passes over the rest before it reads their texts.
 * A row has each of its keys once, and nothing depends on their order: sorting them would cost more than
 * all that is done with them.
 */
export const LEAVING = (found: string, isAnybodyLeaving: boolean): readonly Table[] => [
  [
    "leftovers",
    `SELECT d.target_no, m.row_id, m.member, m.keys, m.key_count
      FROM (
        SELECT * FROM ${found} f
        WHERE f.row_id IN (SELECT row_id FROM differing WHERE NOT is_wanted)) m
      JOIN compared c ON c.audience_no = m.audience_no
      JOIN differing d ON d.target_no = c.target_no AND d.row_id = m.row_id
      WHERE ${isAnybodyLeaving ? "NOT d.is_wanted" : "false"}`,
  ],
  ["leftover_keys", `SELECT target_no, row_id, unnest(keys) AS key_id FROM leftovers`],
  [
    "shared_keys",
    `SELECT * FROM (SELECT target_no, row_id, unnest(keys) AS key_id FROM staged_rows) w
      WHERE w.key_id IN (SELECT key_id FROM leftover_keys)`,
  ],
  [
    "protected_keys",
    `SELECT l.target_no, l.row_id, array_agg(l.key_id) AS keys,
        CAST(count(*) AS INTEGER) AS key_count
      FROM leftover_keys l
      WHERE EXISTS (
        SELECT 1 FROM shared_keys s WHERE s.target_no = l.target_no AND s.key_id = l.key_id)
      GROUP BY l.target_no, l.row_id`,
  ],
  [
    "leftover_wholes",
    `SELECT l.target_no, l.row_id, m.cells
      FROM (
        SELECT * FROM ${found} f
        WHERE f.row_id IN (SELECT row_id FROM leftovers WHERE key_count = 0)) m
      JOIN compared c ON c.audience_no = m.audience_no
      JOIN leftovers l
      ON l.target_no = c.target_no AND l.row_id = m.row_id AND l.key_count = 0`,
  ],
  [
    "wanted_wholes",
    `SELECT DISTINCT l.target_no, l.row_id FROM leftover_wholes l
      JOIN staged_rows w ON w.target_no = l.target_no AND w.cells = l.cells`,
  ],
];

const SUPPRESSED_KEYS = "SELECT key_cell FROM suppressed UNION ALL SELECT key_cell FROM supposed";

/** Whoever has a suppressed key is removed, whatever becomes of others. */
const SUPPRESSED = (found: string): Table => [
  "suppressed_members",
  `SELECT DISTINCT h.member
    FROM (
      SELECT m.member, unnest(m.keys) AS key_cell
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no) h
    WHERE h.key_cell IN (${SUPPRESSED_KEYS})`,
];

const OF_OTHERS = " AND s.member IS NULL";

/**
 * A key that a wanted row has stays, whoever's it is: Meta removes whom it finds by it. A row without
 * keys finds somebody only as a whole. Of suppressed people nothing stays.
 */
export const REMOVING = (
  removes: boolean,
  suppresses: boolean,
  found: string,
): readonly Table[] => [
  ...(suppresses ? [SUPPRESSED(found)] : []),
  [
    "removable",
    `SELECT l.target_no, l.row_id, l.member, p.keys AS protected_keys,
        coalesce(p.key_count, 0) AS protected_count
      FROM leftovers l ${suppresses ? "LEFT JOIN suppressed_members s ON s.member = l.member" : ""}
      LEFT JOIN protected_keys p
        ON p.target_no = l.target_no AND p.row_id = l.row_id${suppresses ? OF_OTHERS : ""}
      LEFT JOIN wanted_wholes w
        ON w.target_no = l.target_no AND w.row_id = l.row_id${suppresses ? OF_OTHERS : ""}
      WHERE ${removes ? "" : suppresses ? "s.member IS NOT NULL AND" : "false AND"} (l.key_count > coalesce(p.key_count, 0)
        OR l.key_count = 0 AND w.row_id IS NULL)`,
  ],
  [
    "refused_removals",
    `SELECT l.target_no, l.row_id FROM removable l
      JOIN refused_before r ON r.content_digest = l.row_id
      JOIN compared c ON c.target_no = l.target_no
      JOIN audiences a ON a.audience_no = c.audience_no
      WHERE r.item_id = ${removalId("a.audience_id", "l.row_id")}`,
  ],
  [
    "removals",
    `SELECT l.target_no, l.row_id, l.member, l.protected_keys, l.protected_count
      FROM removable l WHERE NOT EXISTS (
        SELECT 1 FROM refused_removals r WHERE r.target_no = l.target_no AND r.row_id = l.row_id)`,
  ],
];

/**
 * What removals may undo: Meta removes people, so that whatever is of the same member or has one of
 * their keys, sent or not, may go with them. It may be wanted, or left over and not removed; a row that
 * is both wanted and held has the same member and keys on either side.
 */
export const TOUCHING: readonly Table[] = [
  ["touching_members", "SELECT DISTINCT target_no, member FROM removals"],
  [
    "touching_keys",
    `SELECT DISTINCT k.target_no, k.key_id FROM leftover_keys k
      JOIN removals r ON r.target_no = k.target_no AND r.row_id = k.row_id`,
  ],
  [
    "staying_rows",
    `SELECT w.target_no, w.row_id, w.member FROM staged_rows w
      WHERE w.member IN (SELECT member FROM touching_members)`,
  ],
  [
    "touched",
    `SELECT s.target_no, s.row_id FROM staying_rows s
      JOIN touching_members r ON r.target_no = s.target_no AND r.member = s.member
      UNION
      SELECT s.target_no, s.row_id FROM shared_keys s
      JOIN touching_keys k ON k.target_no = s.target_no AND k.key_id = s.key_id`,
  ],
];

/** Whoever is left over and not removed, and may be gone with those who are. */
export const TOUCHED_LEFTOVERS: Table = [
  "touched_leftovers",
  `SELECT l.target_no, l.row_id FROM leftovers l
    JOIN touching_members r ON r.target_no = l.target_no AND r.member = l.member
    UNION
    SELECT l.target_no, l.row_id FROM leftover_keys l
    JOIN touching_keys k ON k.target_no = l.target_no AND k.key_id = l.key_id
    UNION
    SELECT l.target_no, l.row_id FROM leftover_wholes l
    JOIN (
      SELECT o.target_no, o.cells FROM leftover_wholes o
      JOIN removals r ON r.target_no = o.target_no AND r.row_id = o.row_id) r
    ON r.target_no = l.target_no AND r.cells = l.cells`,
];
