/** Held rows, seen as if all that was sent so far were folded. */
import type { HeldAudience } from "../../members.js";
import type { Row, Transaction } from "../database.js";
import { number, text } from "../read-row.js";
import { anyMirrored, makeProven } from "./proven-members.js";
import { anyBeside, completeProven } from "./settled-members.js";
import { ROW_COLUMNS } from "./tables.js";

/** What has been sent and is not folded. */
const UNFOLDED = "NOT folded AND state <> 'pending'";

/** As they are stored, but for the few of which more is known by now. */
const WITH_PROVEN = `(
  SELECT ${ROW_COLUMNS}, confirmed_at FROM members m
  WHERE NOT EXISTS (
    SELECT 1 FROM proven p WHERE p.audience_no = m.audience_no AND p.row_id = m.row_id)
  UNION ALL
  SELECT ${ROW_COLUMNS}, confirmed_at FROM proven WHERE stays)`;

/** Where the statements of this transaction find held rows: a table, or a query in brackets. */
export async function findMembers(transaction: Transaction): Promise<string> {
  if (!(await anyMirrored(transaction, UNFOLDED)) && !(await anyBeside(transaction)))
    return "members";
  await makeProven(transaction, UNFOLDED);
  await completeProven(transaction);
  return WITH_PROVEN;
}

/** The audiences of this store. */
export async function heldAudiences(transaction: Transaction): Promise<readonly HeldAudience[]> {
  const found = await findMembers(transaction);
  const rows = await transaction.rows(
    `SELECT a.audience_id, a.target, a.owner, coalesce(h.held, 0) AS held
      FROM audiences a LEFT JOIN (
        SELECT audience_no, count(*) AS held FROM ${found} f GROUP BY audience_no) h
      ON h.audience_no = a.audience_no ORDER BY a.target, a.audience_id`,
  );
  return rows.map(heldAudience);
}

function heldAudience(row: Row): HeldAudience {
  return {
    audienceId: text(row, "audience_id"),
    target: text(row, "target"),
    owner: text(row, "owner") || undefined,
    rows: number(row, "held"),
  };
}
