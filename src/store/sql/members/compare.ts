/** The comparison of what is wanted with what is held, statement by statement, each making a table. */
import type { Comparison } from "../../members.js";
import type { Scratch, Transaction } from "../database.js";
import { flag, number } from "../read-row.js";
import { findMembers } from "./found-members.js";

/** Makes the tables of a comparison; the last, `planned`, has the changes by place. */
export async function compareRows(
  transaction: Transaction,
  { create, inRanges }: Pick<Scratch, "create" | "inRanges">,
  comparison: Comparison,
): Promise<void> {
  const { sync, removes } = comparison;
  const found = await findMembers(transaction);
  const suppresses = await isAnySuppressed(transaction);
  await transaction.run(`${create("refused_before")} ${REFUSED_BEFORE_COLUMNS}`);
  await transaction.run(REFUSED_BEFORE, { sync });
  const tables = [
    DIFFERING(found),
    ...LEAVING(found, removes || suppresses),
    ...REMOVING(removes, suppresses, found),
    ...TOUCHING,
    ...(anyReplaces(comparison) ? REPLACING(found) : ADDING),
    WITHDRAWN,
    ...PLANNING,
  ];
  for (const [name, rows] of tables) await transaction.run(`${create(name)} AS ${rows}`);
  for (const statement of inRanges("planned", "place")) await transaction.run(statement);
}

/** Whether anybody is suppressed: of ten million rows none is looked at for nobody. */
async function isAnySuppressed(transaction: Transaction): Promise<boolean> {
  const [found] = await transaction.rows(
    `SELECT count(*) > 0 AS any_suppressed FROM (${SUPPRESSED_KEYS}) k`,
  );
  return found !== undefined && flag(found, "any_suppressed");
}

/** Whether everybody may be replaced in any of the audiences: only then is it worth asking in which. */
function anyReplaces({ audiences }: Pick<Comparison, "audiences">): boolean {
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

type Table = readonly [name: string, rows: string];

const REFUSED_BEFORE_COLUMNS = "(item_id UUID, content_digest UUID)";

const REFUSED_BEFORE = `
  INSERT INTO refused_before
  SELECT item_id, content_digest FROM rejects
  WHERE sync = $sync AND origin <> 'local' AND operation <> 'import'`;

/**
 * Rows that are not certain to be held as they are wanted. Nearly all others are; from here on these few
 * are looked at, and what they touch.
 */
const DIFFERING = (found: string): Table => [
  "differing",
  `SELECT coalesce(w.target_no, h.target_no) AS target_no, coalesce(w.row_id, h.row_id) AS row_id,
      w.row_id IS NOT NULL AS is_wanted,
      h.row_id IS NULL OR w.attributes_digest <> h.attributes_digest AS is_change
    FROM (
      SELECT s.target_no, s.row_id, s.attributes_digest
      FROM staged_rows s JOIN compared c ON c.target_no = s.target_no) w
    FULL JOIN (
      SELECT c.target_no, m.row_id, m.attributes_digest,
        coalesce(m.confirmed_at >= c.trusted_since, false) AS is_confirmed
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no) h
    ON h.target_no = w.target_no AND h.row_id = w.row_id
    WHERE w.row_id IS NULL OR h.row_id IS NULL OR NOT h.is_confirmed
      OR w.attributes_digest <> h.attributes_digest`,
];

/**
 * Rows that are held and not wanted, and what of them somebody's wanted row has. Few of many rows are
 * looked up by one id first: by that alone an engine passes over the rest before it reads their texts.
 */
const LEAVING = (found: string, isAnybodyLeaving: boolean): readonly Table[] => [
  [
    "leftovers",
    `SELECT d.target_no, m.row_id, m.member, m.item_id, m.attributes_digest, m.keys, m.key_count,
        m.cells, m.identity
      FROM (
        SELECT * FROM ${found} f
        WHERE f.row_id IN (SELECT row_id FROM differing WHERE NOT is_wanted)) m
      JOIN compared c ON c.audience_no = m.audience_no
      JOIN differing d ON d.target_no = c.target_no AND d.row_id = m.row_id
      WHERE ${isAnybodyLeaving ? "NOT d.is_wanted" : "false"}`,
  ],
  [
    "leftover_keys",
    `SELECT DISTINCT target_no, row_id, key_id
      FROM (SELECT target_no, row_id, unnest(keys) AS key_id FROM leftovers) k`,
  ],
  [
    "shared_keys",
    `SELECT * FROM (SELECT target_no, row_id, unnest(keys) AS key_id FROM staged_rows) w
      WHERE w.key_id IN (SELECT key_id FROM leftover_keys)`,
  ],
  [
    "protected_keys",
    `SELECT l.target_no, l.row_id, array_agg(l.key_id ORDER BY l.key_id) AS keys,
        CAST(count(*) AS INTEGER) AS key_count
      FROM leftover_keys l
      WHERE EXISTS (
        SELECT 1 FROM shared_keys s WHERE s.target_no = l.target_no AND s.key_id = l.key_id)
      GROUP BY l.target_no, l.row_id`,
  ],
  [
    "wanted_wholes",
    `SELECT DISTINCT l.target_no, l.row_id
      FROM (SELECT * FROM leftovers WHERE key_count = 0) l
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
const REMOVING = (removes: boolean, suppresses: boolean, found: string): readonly Table[] => [
  ...(suppresses ? [SUPPRESSED(found)] : []),
  [
    "removable",
    `SELECT l.target_no, l.row_id, l.member, l.item_id, p.keys AS protected_keys,
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
    "removals",
    `SELECT l.target_no, l.row_id, l.member, l.protected_keys, l.protected_count
      FROM removable l WHERE NOT EXISTS (
        SELECT 1 FROM refused_before r WHERE r.item_id = l.item_id
          AND r.content_digest = l.row_id)`,
  ],
];

/**
 * What removals may undo: Meta removes people, so that whatever is of the same member or has one of
 * their keys, sent or not, may go with them. It may be wanted, or left over and not removed; a row that
 * is both wanted and held has the same member and keys on either side.
 */
const TOUCHING: readonly Table[] = [
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
  [
    "touched_leftovers",
    `SELECT l.target_no, l.row_id FROM leftovers l
      JOIN touching_members r ON r.target_no = l.target_no AND r.member = l.member
      UNION
      SELECT l.target_no, l.row_id FROM leftover_keys l
      JOIN touching_keys k ON k.target_no = l.target_no AND k.key_id = l.key_id
      UNION
      SELECT l.target_no, l.row_id FROM (SELECT * FROM leftovers WHERE key_count = 0) l
      JOIN (
        SELECT o.target_no, o.cells FROM leftovers o
        JOIN removals r ON r.target_no = o.target_no AND r.row_id = o.row_id
        WHERE o.key_count = 0) r
      ON r.target_no = l.target_no AND r.cells = l.cells`,
  ],
];

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
  SELECT l.target_no, l.row_id, l.member, l.item_id, l.attributes_digest, l.keys, l.key_count,
    l.cells, l.identity, r.protected_keys, r.protected_count
  FROM leftovers l JOIN removals r ON r.target_no = l.target_no AND r.row_id = l.row_id`;

/** What is added, and what is gone by the removals. */
const ADDING: readonly Table[] = [["due", DUE], REFUSED_ROWS, ADDITIONS, ["gone", REMOVED]];

/**
 * Where anything differs and somebody can be sent, everybody is, and whoever is not among those is gone;
 * in every other audience what differs is sent.
 */
const REPLACING = (found: string): readonly Table[] => [
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
      SELECT c.target_no, m.row_id, m.member, m.item_id, m.attributes_digest, m.keys, m.key_count,
        m.cells, m.identity, CAST(NULL AS UUID[]), 0
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      JOIN replaced p ON p.target_no = c.target_no
      WHERE NOT EXISTS (
        SELECT 1 FROM additions a WHERE a.target_no = c.target_no AND a.row_id = m.row_id)`,
  ],
];

/** What is not certain to be there any more, once the changes are begun. */
const WITHDRAWN: Table = [
  "withdrawn",
  `SELECT target_no, row_id FROM additions
    UNION
    SELECT target_no, row_id FROM gone
    UNION
    SELECT target_no, row_id FROM touched
    UNION
    SELECT target_no, row_id FROM touched_leftovers`,
];

/**
 * The changes get their places first, by their ids alone, and then what is sent: of ten million rows
 * only those are read that change.
 */
const PLANNING: readonly Table[] = [
  [
    "places",
    `SELECT CAST(row_number() OVER (ORDER BY c.target_index, o.operation_no, o.row_id) - 1
        AS INTEGER) AS place, o.target_no, o.operation_no, o.row_id, o.is_change
      FROM (
        SELECT target_no, 0 AS operation_no, row_id, true AS is_change FROM gone
        UNION ALL SELECT target_no, 1, row_id, is_change FROM additions) o
      JOIN compared c ON c.target_no = o.target_no`,
  ],
  [
    "planned",
    `SELECT * FROM (
        SELECT p.place, p.target_no, p.is_change, 'remove' AS operation, g.protected_keys,
          g.protected_count, g.row_id, g.member, g.item_id, g.row_id AS content_digest,
          g.attributes_digest, g.keys, g.key_count, g.cells, CAST(NULL AS VARCHAR) AS attributes,
          g.identity
        FROM gone g
        JOIN places p ON p.target_no = g.target_no AND p.row_id = g.row_id AND p.operation_no = 0
        UNION ALL
        SELECT p.place, p.target_no, p.is_change, 'upsert', CAST(NULL AS UUID[]), 0, w.row_id,
          w.member, w.item_id, w.content_digest, w.attributes_digest, w.keys, w.key_count, w.cells,
          w.attributes, w.identity
        FROM (
          SELECT * FROM staged_rows s
          WHERE s.row_id IN (SELECT row_id FROM places WHERE operation_no = 1)) w
        JOIN places p ON p.target_no = w.target_no AND p.row_id = w.row_id
          AND p.operation_no = 1) o
      ORDER BY place`,
  ],
];
