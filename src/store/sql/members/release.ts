import type { Members } from "../../members.js";
import type { Engine, Transaction } from "../database.js";
import { text } from "../read-row.js";
import { tidyUp } from "../tidy-up.js";
import { NOBODY } from "./tables.js";

/** Lets go of an audience, once everything is in order that an ended process left behind. */
export async function releaseAudience(
  transaction: Transaction,
  engine: Engine,
  audienceId: string,
): Promise<Awaited<ReturnType<Members["release"]>>> {
  const live = await tidyUp(transaction, engine);
  const [audience] = await transaction.rows(
    `SELECT owner FROM audiences WHERE audience_id = $audienceId AND owner <> ${NOBODY}`,
    { audienceId },
  );
  if (audience === undefined) return "not_owned";
  const runs = await transaction.rows(
    `SELECT run_id FROM runs WHERE sync = $owner AND run_id IN (${["NULL", ...live].join(", ")})`,
    { owner: text(audience, "owner") },
  );
  if (runs.length > 0) return "under_way";
  await transaction.run(`UPDATE audiences SET owner = ${NOBODY} WHERE audience_id = $audienceId`, {
    audienceId,
  });
  return "released";
}
