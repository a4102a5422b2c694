import type { Suppressions } from "../suppressions.js";
import type { Candidate, Engine, Statements } from "./database.js";
import { findMembers } from "./members/found-members.js";
import { takeInSettled } from "./members/settled-members.js";
import { digest, flag } from "./read-row.js";
import { tidyUp } from "./tidy-up.js";

/** Suppressions in a database. */
export function sqlSuppressions(engine: Engine): Suppressions {
  const { database } = engine;
  return {
    any: () => database.read("any suppressed", any),
    among: (keys) =>
      database.read("suppressed among", async (transaction) => {
        if (keys.length === 0 || !(await any(transaction))) return new Set();
        const rows = await (await transaction.about(asked(keys))).rows(AMONG);
        return new Set(rows.map((row) => digest(row, "key_cell")));
      }),
    add: (keys, at) =>
      database.alone("suppress", async (transaction) => {
        await tidyUp(transaction, engine);
        const found = await findMembers(transaction);
        const about = await transaction.about(asked(keys));
        await about.run(FORGET_REJECTS(found));
        await about.run(WITHDRAW(found));
        return about.run(ADD, { at });
      }),
    lift: (keys) =>
      database.alone("lift", async (transaction) =>
        (await transaction.about(asked(keys))).run(LIFT),
      ),
    dropHeld: (audienceId) =>
      database.alone("drop held", async (transaction) => {
        await takeInSettled(transaction, engine);
        return transaction.run(DROP_HELD, { audienceId });
      }),
  };
}

async function any(statements: Statements): Promise<boolean> {
  const [found] = await statements.rows("SELECT count(*) > 0 AS any_suppressed FROM suppressed");
  return found !== undefined && flag(found, "any_suppressed");
}

/** A key is asked about once, and has nothing but itself. */
function asked(keys: readonly string[]): readonly Candidate[] {
  return [...new Set(keys)].map((key) => ({ itemId: key, contentDigest: key }));
}

const AMONG = "SELECT s.key_cell FROM suppressed s JOIN candidates c ON c.item_id = s.key_cell";

const ADD = `
  INSERT INTO suppressed
  SELECT c.item_id, CAST($at AS BIGINT) FROM candidates c
  WHERE NOT EXISTS (SELECT 1 FROM suppressed s WHERE s.key_cell = c.item_id)`;

const LIFT = "DELETE FROM suppressed WHERE key_cell IN (SELECT item_id FROM candidates)";

const KEYS = (found: string) =>
  `(SELECT m.row_id, m.member, unnest(m.keys) AS key_cell FROM ${found} m)`;

const PEOPLE = (found: string) =>
  `SELECT h.member FROM ${KEYS(found)} h WHERE h.key_cell IN (SELECT item_id FROM candidates)`;

const FORGET_REJECTS = (found: string) => `
  DELETE FROM rejects WHERE item_id IN (
    SELECT f.item_id FROM ${found} f WHERE f.member IN (${PEOPLE(found)}))`;

const WITHDRAW = (found: string) => `
  UPDATE members SET confirmed_at = NULL
  WHERE confirmed_at IS NOT NULL AND row_id IN (
    SELECT f.row_id FROM ${found} f WHERE f.member IN (${PEOPLE(found)})
    UNION
    SELECT o.row_id FROM ${KEYS(found)} o WHERE o.key_cell IN (
      SELECT t.key_cell FROM ${KEYS(found)} t WHERE t.member IN (${PEOPLE(found)})))`;

const DROP_HELD = `
  DELETE FROM members
  WHERE audience_no = (SELECT a.audience_no FROM audiences a WHERE a.audience_id = $audienceId)
    AND member IN (
      SELECT h.member
      FROM (
        SELECT m.member, unnest(m.keys) AS key_cell
        FROM members m JOIN audiences a ON a.audience_no = m.audience_no
        WHERE a.audience_id = $audienceId) h
      WHERE h.key_cell IN (SELECT key_cell FROM suppressed))`;
