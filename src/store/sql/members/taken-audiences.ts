/** Which audiences are another sync's by the time that a run would begin with them. */
import { usersEdge } from "../../edge-of.js";
import type { TakenAudience } from "../../members.js";
import type { Engine, Transaction } from "../database.js";
import { number, text } from "../read-row.js";
import { findMembers } from "./found-members.js";
import { NOBODY } from "./tables.js";

type Asked = Pick<TakenAudience, "target" | "audienceId">;

/** What tells of an audience whether it is another sync's than that of a run. */
export async function takenAudiences(
  transaction: Transaction,
  { liveRuns }: Pick<Engine, "liveRuns">,
  runId: number,
): Promise<(audience: Asked) => Promise<TakenAudience | undefined>> {
  const found = await findMembers(transaction);
  const others = (await liveRuns(transaction)).filter((live) => live !== runId);
  const [run] = await transaction.rows("SELECT sync FROM runs WHERE run_id = $runId", { runId });
  const own = run && text(run, "sync");
  return async ({ target, audienceId }) => {
    const keeper = await keeperOf(transaction, found, audienceId);
    if (keeper !== undefined)
      return keeper === own ? undefined : { kind: "kept", target, audienceId, sync: keeper };
    const sync = await userOf(transaction, others, audienceId);
    return sync === undefined ? undefined : { kind: "in_use", target, audienceId, sync };
  };
}

/**
 * Nobody keeps an audience of which no row is held and none is about to be.
 *
 * @param found where held rows are found
 */
export async function keeperOf(
  transaction: Transaction,
  found: string,
  audienceId: string,
): Promise<string | undefined> {
  const [row] = await transaction.rows(OWNED, { audienceId });
  if (row === undefined) return undefined;
  const [held] = await transaction.rows(
    `SELECT 1 AS held WHERE EXISTS (SELECT 1 FROM ${found} m WHERE m.audience_no = $audienceNo)
      OR EXISTS (SELECT 1 FROM changes WHERE audience_no = $audienceNo)`,
    { audienceNo: number(row, "audience_no") },
  );
  return held && text(row, "owner");
}

const OWNED = `
  SELECT audience_no, owner FROM audiences
  WHERE audience_id = $audienceId AND owner <> ${NOBODY}`;

/** The sync of one of some runs that sends operations to an audience: what a mirror sends is of its changes. */
async function userOf(
  transaction: Transaction,
  runs: readonly number[],
  audienceId: string,
): Promise<string | undefined> {
  if (runs.length === 0) return undefined;
  const [row] = await transaction.rows(
    `SELECT b.sync FROM batches b
      WHERE b.run_id IN (${runs.map(String).join(", ")}) AND right(b.path, length($edge)) = $edge
        AND NOT EXISTS (SELECT 1 FROM batch_changes c WHERE c.batch_id = b.batch_id)
      ORDER BY b.batch_no LIMIT 1`,
    { edge: usersEdge(audienceId) },
  );
  return row && text(row, "sync");
}
