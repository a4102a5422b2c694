/** The comparison of what is wanted with what is held, statement by statement, each making a table. */
import type { Comparison } from "../../members.js";
import type { Scratch, Transaction } from "../database.js";
import { number } from "../read-row.js";
import { ADDING, anyReplaces, REPLACING } from "./adding.js";
import { findMembers } from "./found-members.js";
import { isAnySuppressed, LEAVING, REMOVING, TOUCHED_LEFTOVERS, TOUCHING } from "./removing.js";
import type { Table } from "./tables.js";

/** Makes the tables of a comparison; in `gone` and `additions` are the changes, by their ids. */
export async function compareRows(
  transaction: Transaction,
  scratch: Pick<Scratch, "create">,
  comparison: Comparison,
): Promise<void> {
  const { sync, removes } = comparison;
  const found = await findMembers(transaction);
  const suppresses = await isAnySuppressed(transaction);
  await transaction.run(`${scratch.create("refused_before")} ${REFUSED_BEFORE_COLUMNS}`);
  await transaction.run(REFUSED_BEFORE, { sync });
  await makeTables(transaction, scratch, [
    DIFFERING(found, comparison),
    ...LEAVING(found, removes || suppresses),
    ...REMOVING(removes, suppresses, found),
    ...TOUCHING,
    ...(anyReplaces(comparison) ? REPLACING(found) : ADDING),
  ]);
}

/**
 * Makes the tables that are needed to begin and to send what was compared: `planned`, which has the
 * changes by place with what is sent, and `withdrawn`. The store is as it was when that was compared.
 */
export async function planRows(
  transaction: Transaction,
  scratch: Pick<Scratch, "create" | "inRanges">,
): Promise<void> {
  const found = await findMembers(transaction);
  await makeTables(transaction, scratch, [TOUCHED_LEFTOVERS, WITHDRAWN, PLACES, PLANNED(found)]);
  for (const statement of scratch.inRanges("planned", "place")) await transaction.run(statement);
  const [lost] = await transaction.rows(LOST);
  if (lost === undefined || number(lost, "changes") !== 0)
    throw new TypeError("the changes that are planned are not those that were counted");
}

/** What is counted and what is sent come out of the same tables by different ways: none may be lost between. */
const LOST = `
  SELECT (SELECT count(*) FROM places) - (SELECT count(*) FROM planned) AS changes`;

async function makeTables(
  transaction: Transaction,
  { create }: Pick<Scratch, "create">,
  tables: readonly Table[],
): Promise<void> {
  for (const [name, rows] of tables) await transaction.run(`${create(name)} AS ${rows}`);
}

const REFUSED_BEFORE_COLUMNS = "(item_id UUID, content_digest UUID)";

const REFUSED_BEFORE = `
  INSERT INTO refused_before
  SELECT item_id, content_digest FROM rejects
  WHERE sync = $sync AND origin <> 'local' AND operation <> 'import'`;

/**
 * Rows that are not certain to be held as they are wanted. Nearly all others are; from here on these few
 * are looked at, and what they touch. In one audience a row's id says which it is: one key joins faster.
 */
const DIFFERING = (found: string, { audiences }: Pick<Comparison, "audiences">): Table => [
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
    ON h.row_id = w.row_id${audiences.length === 1 ? "" : " AND h.target_no = w.target_no"}
    WHERE w.row_id IS NULL OR h.row_id IS NULL OR NOT h.is_confirmed
      OR w.attributes_digest <> h.attributes_digest`,
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

const PLACES: Table = [
  "places",
  `SELECT CAST(row_number() OVER (ORDER BY c.target_index, o.operation_no, o.row_id) - 1
      AS INTEGER) AS place, o.target_no, o.operation_no, o.row_id
    FROM (
      SELECT target_no, 0 AS operation_no, row_id FROM gone
      UNION ALL SELECT target_no, 1, row_id FROM additions) o
    JOIN compared c ON c.target_no = o.target_no`,
];

/**
 * What is sent is of few of many rows, all over their tables: where columns lie apart, nearly all of a
 * column is read to find it. Whoever only counts does without.
 */
const PLANNED = (found: string): Table => [
  "planned",
  `SELECT * FROM (
      SELECT p.place, p.target_no, 'remove' AS operation, g.protected_keys, g.protected_count,
        g.row_id, g.member, m.item_id, g.row_id AS content_digest, m.attributes_digest, g.keys,
        g.key_count, m.cells, CAST(NULL AS VARCHAR) AS attributes, m.identity
      FROM (SELECT * FROM ${found} f WHERE f.row_id IN (SELECT row_id FROM gone)) m
      JOIN compared c ON c.audience_no = m.audience_no
      JOIN gone g ON g.target_no = c.target_no AND g.row_id = m.row_id
      JOIN places p ON p.target_no = g.target_no AND p.row_id = g.row_id AND p.operation_no = 0
      UNION ALL
      SELECT p.place, p.target_no, 'upsert', CAST(NULL AS UUID[]), 0, w.row_id, w.member,
        w.item_id, w.content_digest, w.attributes_digest, w.keys, w.key_count, w.cells,
        w.attributes, w.identity
      FROM (
        SELECT * FROM staged_rows s
        WHERE s.row_id IN (SELECT row_id FROM places WHERE operation_no = 1)) w
      JOIN places p ON p.target_no = w.target_no AND p.row_id = w.row_id
        AND p.operation_no = 1) o
    ORDER BY place`,
];
