import type { RegisteredTarget, TargetRegistry } from "../target-registry.js";
import type { Database, Row, Transaction } from "./database.js";
import { flag, number, optionalText, text } from "./read-row.js";

const WHERE = "WHERE ad_account_id = $account AND target = $target";

/** The Target Registry in a database. */
export function sqlTargets(database: Database): TargetRegistry {
  return {
    find: (account, target) =>
      database.read("find target", (transaction) => find(transaction, account, target)),
    creating: (adAccountId, target, at, seen) =>
      database.alone("creating target", async (transaction) => {
        const known = await find(transaction, adAccountId, target);
        if (known?.checkedAt !== seen) return false;
        await put(transaction, {
          adAccountId,
          target,
          audienceId: undefined,
          createdByUs: true,
          trustedSince: at,
          checkedAt: at,
        });
        return true;
      }),
    remember: ({ at, ...ready }) =>
      database.alone("remember target", async (transaction) => {
        const known = await find(transaction, ready.adAccountId, ready.target);
        const trustedSince = known?.trustedSince ?? at;
        await put(transaction, { ...ready, trustedSince, checkedAt: at });
      }),
    list: () =>
      database.read("list targets", async (transaction) => {
        const rows = await transaction.rows("SELECT * FROM targets ORDER BY ad_account_id, target");
        return rows.map(registered);
      }),
    forget: (account, target) =>
      database.alone("forget target", async (transaction) => {
        const ofTarget = { account, target };
        return (await transaction.run(`DELETE FROM targets ${WHERE}`, ofTarget)) > 0;
      }),
    distrust: (account, target, at) =>
      database.alone("distrust target", async (transaction) => {
        const known = await transaction.run(`UPDATE targets SET trusted_since = $at ${WHERE}`, {
          account,
          target,
          at,
        });
        return known > 0;
      }),
  };
}

async function find(
  transaction: Transaction,
  account: string,
  target: string,
): Promise<RegisteredTarget | undefined> {
  const [row] = await transaction.rows(`SELECT * FROM targets ${WHERE}`, { account, target });
  return row && registered(row);
}

async function put(transaction: Transaction, row: RegisteredTarget): Promise<void> {
  const { adAccountId: account, target, audienceId, createdByUs, trustedSince, checkedAt } = row;
  await transaction.run(`DELETE FROM targets ${WHERE}`, { account, target });
  await transaction.run(
    "INSERT INTO targets VALUES ($account, $target, $audience, $ours, $trusted, $checked)",
    {
      account,
      target,
      audience: audienceId,
      ours: createdByUs,
      trusted: trustedSince,
      checked: checkedAt,
    },
  );
}

function registered(row: Row): RegisteredTarget {
  return {
    adAccountId: text(row, "ad_account_id"),
    target: text(row, "target"),
    audienceId: optionalText(row, "audience_id"),
    createdByUs: flag(row, "created_by_us"),
    trustedSince: number(row, "trusted_since"),
    checkedAt: number(row, "checked_at"),
  };
}
