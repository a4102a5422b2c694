/**
 * Rows that have settled since the held ones were last gone through. An engine without an index reads the
 * ids of all held rows to find a few; so what a fold proves of these few stands beside them, in
 * `settled_members`, and goes in with one pass as the next run starts. At most one row of each is there:
 * `stays` tells whether it is held, `if_held` that it is only if it was.
 */
import type { Engine, Transaction } from "../database.js";
import { flag } from "../read-row.js";
import { ROW_COLUMNS } from "./tables.js";

const COLUMNS = `${ROW_COLUMNS}, confirmed_at, stays, if_held`;

const SAME_ROW = (one: string, other: string) =>
  `${one}.audience_no = ${other}.audience_no AND ${one}.row_id = ${other}.row_id`;

export const DROP_PROVEN = "DROP TABLE IF EXISTS proven";

/** Whether anything stands beside the held rows. */
export async function anyBeside(transaction: Transaction): Promise<boolean> {
  const [found] = await transaction.rows(
    "SELECT count(*) > 0 AS any_beside FROM (SELECT 1 AS one FROM settled_members LIMIT 1) s",
  );
  return found !== undefined && flag(found, "any_beside");
}

/** What holds of a row if it was held is decided by what stands beside, where that says something of it. */
export async function layOnSettled(transaction: Transaction): Promise<void> {
  if (!(await anyBeside(transaction))) return;
  await transaction.run(
    `UPDATE proven SET stays = s.stays, if_held = s.if_held FROM settled_members s
      WHERE ${SAME_ROW("s", "proven")} AND proven.if_held`,
  );
}

/** Adds to `proven` what stands beside, and decides what depends on whether a row is held. */
export async function completeProven(transaction: Transaction): Promise<void> {
  await transaction.run(
    `INSERT INTO proven (${COLUMNS})
      SELECT ${COLUMNS} FROM settled_members s
      WHERE NOT EXISTS (SELECT 1 FROM proven p WHERE ${SAME_ROW("p", "s")})`,
  );
  await transaction.run(
    `UPDATE proven SET if_held = false FROM (
        SELECT DISTINCT m.audience_no, m.row_id FROM members m
        JOIN (SELECT audience_no, row_id FROM proven WHERE if_held) d ON ${SAME_ROW("d", "m")}) h
      WHERE ${SAME_ROW("h", "proven")}`,
  );
  await transaction.run("UPDATE proven SET stays = false, if_held = false WHERE if_held");
}

/**
 * Whether no more than so many rows would stand beside the held ones, and of nobody who was erased: of
 * them nothing is left behind.
 */
export async function mayStandBeside(
  transaction: Transaction,
  batches: string,
  most: number,
): Promise<boolean> {
  const [found] = await transaction.rows(
    `SELECT (SELECT count(*) FROM proven) + (SELECT count(*) FROM settled_members) <= ${String(most)}
      AND NOT EXISTS (
        SELECT 1 FROM (
          SELECT unnest(c.keys) AS key_cell FROM changes c
          WHERE c.operation = 'remove' AND EXISTS (SELECT 1 FROM suppressed)
            AND c.run_id IN (SELECT run_id FROM batches WHERE ${batches})) k
        WHERE k.key_cell IN (SELECT key_cell FROM suppressed)) AS may_stand`,
  );
  return found !== undefined && flag(found, "may_stand");
}

/** Puts what is proven beside the held rows, in the place of what stood there of the same rows. */
export async function putBeside(transaction: Transaction): Promise<void> {
  for (const statement of BESIDE) await transaction.run(statement);
}

const BESIDE: readonly string[] = [
  `DELETE FROM settled_members USING proven p WHERE ${SAME_ROW("p", "settled_members")}`,
  `INSERT INTO settled_members (${COLUMNS}) SELECT ${COLUMNS} FROM proven`,
  DROP_PROVEN,
];

/** Puts what is proven, and what stands beside, in the place of what is held. */
export async function putIn(transaction: Transaction): Promise<void> {
  await completeProven(transaction);
  for (const statement of AMONG) await transaction.run(statement);
}

const AMONG: readonly string[] = [
  `DELETE FROM members USING proven p WHERE ${SAME_ROW("p", "members")}`,
  `INSERT INTO members (${ROW_COLUMNS}, confirmed_at)
    SELECT ${ROW_COLUMNS}, confirmed_at FROM proven WHERE stays`,
  "DELETE FROM settled_members",
  DROP_PROVEN,
];

/** Takes what stands beside the held rows in among them, in the transaction of its caller. */
export async function takeInSettled(
  transaction: Transaction,
  { withRoom }: Pick<Engine, "withRoom">,
): Promise<void> {
  if (!(await anyBeside(transaction))) return;
  await withRoom(transaction, async () => {
    await transaction.run(DROP_PROVEN);
    await transaction.run("CREATE TEMP TABLE proven AS SELECT * FROM settled_members WHERE false");
    await putIn(transaction);
  });
}
