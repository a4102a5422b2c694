/** The comparison of what is wanted with what is held, statement by statement, each making a table. */
import type { Comparison } from "../../members.js";
import type { Scratch, Transaction } from "../database.js";
import { flag, number } from "../read-row.js";
import { findMembers } from "./found-members.js";

/** Makes the tables of a comparison; the last, `planned`, has the changes by place. */
export async function compareRows(
  transaction: Transaction,
  { create }: Pick<Scratch, "create">,
  comparison: Comparison,
): Promise<void> {
  const { sync, removes } = comparison;
  const replaces = anyReplaces(comparison);
  const found = await findMembers(transaction);
  await transaction.run(`${create("refused_before")} ${REFUSED_BEFORE_COLUMNS}`);
  await transaction.run(REFUSED_BEFORE, { sync });
  const tables = [
    ...LEAVING(found),
    ...REMOVING(removes, await isAnySuppressed(transaction), found),
    ...TOUCHING(found),
    ...ADDING(found, replaces),
    ...(replaces ? REPLACING(found) : []),
    ...WITHDRAWING(replaces),
    ...PLANNING(found, replaces),
  ];
  for (const [name, rows] of tables) await transaction.run(`${create(name)} AS ${rows}`);
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

/** What is wanted, of the audiences that are compared. */
const WANTED = "(SELECT s.* FROM staged_rows s JOIN compared c ON c.target_no = s.target_no)";

/** Rows that are held and not wanted, and what of them somebody's wanted row has. */
const LEAVING = (found: string): readonly Table[] => [
  [
    "leftovers",
    `SELECT c.target_no, m.row_id, m.member, m.item_id, m.key_count
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      WHERE NOT EXISTS (
        SELECT 1 FROM staged_rows w WHERE w.target_no = c.target_no AND w.row_id = m.row_id)`,
  ],
  [
    "leftover_rows",
    `SELECT l.target_no, l.row_id, l.key_count, m.keys, m.cells
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      JOIN leftovers l ON l.target_no = c.target_no AND l.row_id = m.row_id`,
  ],
  ["leftover_keys", "SELECT target_no, row_id, unnest(keys) AS key_id FROM leftover_rows"],
  [
    "protected_keys",
    `SELECT target_no, row_id, array_agg(key_id ORDER BY key_id) AS keys,
        CAST(count(*) AS INTEGER) AS key_count
      FROM (
        SELECT DISTINCT l.target_no, l.row_id, l.key_id
        FROM (SELECT target_no, unnest(keys) AS key_id FROM staged_rows) w
        JOIN leftover_keys l ON l.target_no = w.target_no AND l.key_id = w.key_id) p
      GROUP BY target_no, row_id`,
  ],
  [
    "wanted_wholes",
    `SELECT DISTINCT l.target_no, l.row_id
      FROM (SELECT * FROM leftover_rows WHERE key_count = 0) l
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
 * their keys, sent or not, may go with them. It may be wanted, or left over and not removed.
 */
const TOUCHING = (found: string): readonly Table[] => [
  ["touching_members", "SELECT DISTINCT target_no, member FROM removals"],
  [
    "touching_keys",
    `SELECT DISTINCT k.target_no, k.key_id FROM leftover_keys k
      JOIN removals r ON r.target_no = k.target_no AND r.row_id = k.row_id`,
  ],
  [
    "touched",
    `SELECT w.target_no, w.row_id
      FROM (SELECT target_no, row_id, unnest(keys) AS key_id FROM staged_rows) w
      JOIN touching_keys k ON k.target_no = w.target_no AND k.key_id = w.key_id
      UNION
      SELECT w.target_no, w.row_id FROM staged_rows w
      JOIN touching_members r ON r.target_no = w.target_no AND r.member = w.member`,
  ],
  [
    "touched_held",
    `SELECT h.target_no, h.row_id
      FROM (
        SELECT c.target_no, m.row_id, unnest(m.keys) AS key_id
        FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no) h
      JOIN touching_keys k ON k.target_no = h.target_no AND k.key_id = h.key_id
      UNION
      SELECT c.target_no, m.row_id
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      JOIN touching_members r ON r.target_no = c.target_no AND r.member = m.member
      UNION
      SELECT c.target_no, m.row_id
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      JOIN (
        SELECT l.target_no, l.cells FROM leftover_rows l
        JOIN removals r ON r.target_no = l.target_no AND r.row_id = l.row_id
        WHERE l.key_count = 0) l
      ON l.target_no = c.target_no AND l.cells = m.cells
      WHERE m.key_count = 0`,
  ],
];

const WAS_REFUSED = (row: string) => `EXISTS (
        SELECT 1 FROM refused_before r WHERE r.item_id = ${row}.item_id
          AND r.content_digest = ${row}.content_digest)`;

/** Rows that are not certain to be there, or will not be once the removals are sent. */
const ADDING = (found: string, replaces: boolean): readonly Table[] => [
  [
    replaces ? "differing" : "due",
    `SELECT w.target_no, w.row_id FROM ${WANTED} w
      WHERE NOT EXISTS (
        SELECT 1 FROM (
          SELECT c.target_no, m.row_id, m.attributes_digest
          FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
          WHERE m.confirmed_at >= c.trusted_since) m
        WHERE m.target_no = w.target_no AND m.row_id = w.row_id
          AND m.attributes_digest = w.attributes_digest)
      UNION
      SELECT target_no, row_id FROM touched`,
  ],
  ...(replaces ? EVERYBODY : []),
  [
    "due_rows",
    `SELECT w.target_no, w.row_id, w.member, w.item_id, w.content_digest, w.attributes_digest
      FROM staged_rows w JOIN due d ON d.target_no = w.target_no AND d.row_id = w.row_id`,
  ],
  // Held as it is wanted, it is only sent again.
  [
    "additions",
    `SELECT d.target_no, d.row_id, d.member,
        h.row_id IS NULL OR h.attributes_digest <> d.attributes_digest AS is_change
      FROM due_rows d
      LEFT JOIN (
        SELECT c.target_no, m.row_id, m.attributes_digest
        FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
        JOIN due e ON e.target_no = c.target_no AND e.row_id = m.row_id) h
      ON h.target_no = d.target_no AND h.row_id = d.row_id
      WHERE NOT ${WAS_REFUSED("d")}`,
  ],
];

/** Where anything differs and somebody can be sent, everybody is. */
const EVERYBODY: readonly Table[] = [
  [
    "replaced",
    `SELECT c.target_no FROM compared c
      WHERE c.replaces
        AND EXISTS (
          SELECT 1 FROM staged_rows w
          WHERE w.target_no = c.target_no AND NOT ${WAS_REFUSED("w")})
        AND (EXISTS (SELECT 1 FROM removals r WHERE r.target_no = c.target_no)
          OR EXISTS (
            SELECT 1 FROM differing d
            JOIN staged_rows w ON w.target_no = d.target_no AND w.row_id = d.row_id
            WHERE d.target_no = c.target_no AND NOT ${WAS_REFUSED("w")}))`,
  ],
  [
    "due",
    `SELECT target_no, row_id FROM differing
      UNION
      SELECT w.target_no, w.row_id FROM staged_rows w
      JOIN replaced p ON p.target_no = w.target_no`,
  ],
];

/** Whoever is not among those who replace everybody is gone. */
const REPLACING = (found: string): readonly Table[] => [
  [
    "gone",
    `SELECT r.target_no, r.row_id, r.protected_keys, r.protected_count FROM removals r
      WHERE r.target_no NOT IN (SELECT target_no FROM replaced)
      UNION ALL
      SELECT c.target_no, m.row_id, CAST(NULL AS UUID[]), 0
      FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
      JOIN replaced p ON p.target_no = c.target_no
      WHERE NOT EXISTS (
        SELECT 1 FROM additions a WHERE a.target_no = c.target_no AND a.row_id = m.row_id)`,
  ],
];

/** What is not certain to be there any more, once the changes are begun. */
const WITHDRAWING = (replaces: boolean): readonly Table[] => [
  [
    "withdrawn",
    `SELECT target_no, row_id FROM additions
      UNION
      SELECT target_no, row_id FROM touched_held
      ${replaces ? "UNION SELECT target_no, row_id FROM gone" : ""}`,
  ],
];

/**
 * The changes get their places first, by their ids alone, and then what is sent: of ten million rows
 * only those are read that change.
 */
const PLANNING = (found: string, replaces: boolean): readonly Table[] => [
  [
    "places",
    `SELECT CAST(row_number() OVER (ORDER BY c.target_index, o.operation_no, o.row_id) - 1
        AS INTEGER) AS place, o.target_no, o.operation_no, o.row_id
      FROM (
        SELECT target_no, 0 AS operation_no, row_id FROM ${replaces ? "gone" : "removals"}
        UNION ALL SELECT target_no, 1, row_id FROM additions) o
      JOIN compared c ON c.target_no = o.target_no`,
  ],
  [
    "planned",
    `SELECT * FROM (
        SELECT p.place, p.target_no, 'remove' AS operation, r.protected_keys, r.protected_count,
          m.row_id, m.member, m.item_id, m.row_id AS content_digest, m.attributes_digest, m.keys,
          m.key_count, m.cells, CAST(NULL AS VARCHAR) AS attributes, m.identity
        FROM ${found} m JOIN compared c ON c.audience_no = m.audience_no
        JOIN places p ON p.target_no = c.target_no AND p.row_id = m.row_id AND p.operation_no = 0
        JOIN ${replaces ? "gone" : "removals"} r
          ON r.target_no = p.target_no AND r.row_id = p.row_id
        UNION ALL
        SELECT p.place, p.target_no, 'upsert', CAST(NULL AS UUID[]), 0, w.row_id, w.member,
          w.item_id, w.content_digest, w.attributes_digest, w.keys, w.key_count, w.cells,
          w.attributes, w.identity
        FROM staged_rows w
        JOIN places p ON p.target_no = w.target_no AND p.row_id = w.row_id
          AND p.operation_no = 1) o
      ORDER BY place`,
  ],
];
