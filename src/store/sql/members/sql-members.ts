import type {
  Change,
  Comparison,
  Difference,
  Members,
  RepeatedMembers,
  Staging,
  WantedMember,
} from "../../members.js";
import type { Database, Engine, Scratch, Transaction } from "../database.js";
import { number, text } from "../read-row.js";
import { beginChanges, changesIn, placesByTarget, type BegunAudience } from "./changes.js";
import { compareRows, replacedTargets } from "./compare.js";
import { countDifferences } from "./counts.js";
import { heldAudiences } from "./found-members.js";
import { stagedRows, WantedTargets } from "./staged-rows.js";
import { COMPARED, STAGED_ROWS } from "./tables.js";

/** The members of audiences in a database. */
export function sqlMembers({ database, scratch }: Pick<Engine, "database" | "scratch">): Members {
  return {
    audiences: () => scratch.work("audiences", heldAudiences),
    stage: async () => {
      await scratch.open();
      await scratch.work("stage", async (transaction) => {
        await transaction.run(`${scratch.create(STAGED_ROWS.name)} ${STAGED_ROWS.columns}`);
      });
      return new SqlStaging(database, scratch);
    },
  };
}

class SqlStaging implements Staging {
  private readonly wanted = new WantedTargets();

  constructor(
    private readonly database: Database,
    private readonly scratch: Scratch,
  ) {}

  async add(members: readonly WantedMember[]): Promise<void> {
    const rows = stagedRows(members, this.wanted);
    await this.scratch.work("add wanted", (transaction) =>
      transaction.append(STAGED_ROWS.name, rows),
    );
  }

  targets(): Promise<readonly string[]> {
    return Promise.resolve(this.wanted.inOrder());
  }

  repeated(): Promise<RepeatedMembers> {
    return this.scratch.work("repeated", repeatedMembers);
  }

  async compare(comparison: Comparison): Promise<Difference> {
    const { wanted, scratch } = this;
    const { audiences } = comparison;
    return scratch.work("compare", async (transaction) => {
      await this.nameCompared(transaction, comparison);
      await compareRows(transaction, scratch, comparison);
      const counts = await countDifferences(transaction);
      const places = await placesByTarget(transaction);
      const isReplaced = await replacedTargets(transaction, comparison);
      return {
        audiences: audiences.map(({ target, audienceId }) => {
          const no = wanted.numberOf(target);
          const of = counts(no, wanted.countsOf(target));
          const replaced = isReplaced.has(no) ? places.get(no) : undefined;
          return { target, audienceId, ...of, ...(replaced && { replaced }) };
        }),
        begin: (runId, targets) => this.begin(runId, targets, comparison),
        changes: (target, after, limit) =>
          this.changes(places.get(wanted.numberOf(target)), target, after, limit),
      };
    });
  }

  close(): Promise<void> {
    return this.scratch.close();
  }

  private async nameCompared(transaction: Transaction, { audiences }: Comparison): Promise<void> {
    await transaction.run(`${this.scratch.create(COMPARED.name)} ${COMPARED.columns}`);
    for (const [index, { target, audienceId, trustedSince, replaces }] of audiences.entries())
      await transaction.run(NAME_COMPARED, {
        index,
        targetNo: this.wanted.numberOf(target),
        audienceId,
        trustedSince: Math.min(trustedSince, Number.MAX_SAFE_INTEGER),
        replaces: replaces ?? false,
      });
  }

  private async begin(
    runId: number,
    targets: readonly string[],
    { audiences }: Comparison,
  ): Promise<void> {
    const begun = audiences.flatMap(({ target, audienceId }): readonly BegunAudience[] => {
      if (!targets.includes(target)) return [];
      if (audienceId === undefined)
        throw new RangeError(`the audience of ${target} is not created`);
      return [{ target, audienceId, targetNo: this.wanted.numberOf(target) }];
    });
    await this.database.alone("begin", async (transaction) => {
      for (const audience of begun) await beginChanges(transaction, runId, audience);
    });
  }

  private async changes(
    places: { readonly first: number; readonly last: number } | undefined,
    target: string,
    after: number,
    limit: number,
  ): Promise<readonly Change[]> {
    if (places === undefined) return [];
    const first = Math.max(places.first, after + 1);
    const range = { first, last: Math.min(places.last, first + limit - 1) };
    return this.scratch.work("changes", (transaction) =>
      changesIn(transaction, this.wanted.numberOf(target), range),
    );
  }
}

const NAME_COMPARED = `
  INSERT INTO compared
  SELECT CAST($index AS INTEGER), CAST($targetNo AS INTEGER),
    (SELECT audience_no FROM audiences WHERE audience_id = $audienceId),
    CAST($trustedSince AS BIGINT), CAST($replaces AS BOOLEAN)`;

/** How many repeated identities are shown. */
const EXAMPLES = 5;

const REPEATED = `
  WITH several AS (
    SELECT target_no, member, min(member_no) AS first_no FROM staged_rows
    GROUP BY target_no, member HAVING min(member_no) < max(member_no))
  SELECT DISTINCT s.member, s.identity COLLATE "C" AS identity FROM staged_rows s
  JOIN several f ON f.target_no = s.target_no AND f.member = s.member
  WHERE s.member_no > f.first_no`;

async function repeatedMembers(transaction: Transaction): Promise<RepeatedMembers> {
  const [found] = await transaction.rows(
    `SELECT count(DISTINCT member) AS members FROM (${REPEATED}) r`,
  );
  const examples = await transaction.rows(
    `SELECT DISTINCT identity FROM (${REPEATED}) r ORDER BY identity LIMIT ${String(EXAMPLES)}`,
  );
  return {
    count: found === undefined ? 0 : number(found, "members"),
    examples: examples.map((row) => text(row, "identity")),
  };
}
