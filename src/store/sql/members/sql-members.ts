import type {
  Change,
  Comparison,
  Difference,
  Members,
  PlaceRange,
  RepeatedMembers,
  Staging,
  TakenAudience,
  WantedMember,
} from "../../members.js";
import type { Engine, Scratch, Transaction } from "../database.js";
import { number, text } from "../read-row.js";
import { beginChanges, changesIn, placesByTarget, type BegunAudience } from "./changes.js";
import { replacedTargets } from "./adding.js";
import { compareRows, planRows } from "./compare.js";
import { releaseAudience } from "./release.js";
import { countDifferences } from "./counts.js";
import { findMembers, heldAudiences } from "./found-members.js";
import { keeperOf, takenAudiences } from "./taken-audiences.js";
import { takeInSettled } from "./settled-members.js";
import { stagedRows, WantedTargets } from "./staged-rows.js";
import { COMPARED, STAGED_ROWS, SUPPOSED } from "./tables.js";

/** The members of audiences in a database. */
export function sqlMembers(engine: Engine): Members {
  const { database, scratch } = engine;
  return {
    audiences: () => scratch.work("audiences", heldAudiences),
    release: (audienceId) =>
      database.alone("release", (transaction) => releaseAudience(transaction, engine, audienceId)),
    // One after the other with what begins an audience, so that one of the two finds the other.
    keeperOf: (audienceId) =>
      database.alone("keeper", async (transaction) => {
        const found = await findMembers(transaction);
        return keeperOf(transaction, found, audienceId);
      }),
    stage: async () => {
      await scratch.open();
      await scratch.work("stage", async (transaction) => {
        for (const { name, columns } of [STAGED_ROWS, SUPPOSED])
          await transaction.run(`${scratch.create(name)} ${columns}`);
      });
      return new SqlStaging(engine);
    },
  };
}

class SqlStaging implements Staging {
  private readonly wanted = new WantedTargets();
  private readonly scratch: Scratch;

  constructor(private readonly engine: Engine) {
    this.scratch = engine.scratch;
  }

  async add(members: readonly WantedMember[]): Promise<void> {
    const rows = stagedRows(members, this.wanted);
    await this.scratch.work("add wanted", (transaction) =>
      transaction.append(STAGED_ROWS.name, rows),
    );
  }

  async suppress(keys: readonly string[]): Promise<void> {
    const rows = keys.map((key) => [key]);
    await this.scratch.work("suppose", (transaction) => transaction.append(SUPPOSED.name, rows));
  }

  targets(): Promise<readonly string[]> {
    return Promise.resolve(this.wanted.inOrder());
  }

  repeated(): Promise<RepeatedMembers> {
    return this.scratch.work("repeated", repeatedMembers);
  }

  async compare(comparison: Comparison): Promise<Difference> {
    const { wanted, scratch } = this;
    const { result: found, complete } = await scratch.derive(
      "compare",
      (transaction) => this.compareIn(transaction, comparison),
      (transaction) => planRows(transaction, scratch),
    );
    return {
      audiences: found.audiences,
      begin: async (runId, targets, mayShrinkTo = new Map()) => {
        const begun = this.begun(targets, { ...comparison, mayShrinkTo });
        await complete();
        return this.begin(runId, begun);
      },
      changes: async (target, after, limit) => {
        await complete();
        return this.changes(found.places.get(wanted.numberOf(target)), target, after, limit);
      },
    };
  }

  private async compareIn(transaction: Transaction, comparison: Comparison) {
    const { wanted, scratch } = this;
    await this.nameCompared(transaction, comparison);
    await compareRows(transaction, scratch, comparison);
    const counts = await countDifferences(transaction);
    const places = await placesByTarget(transaction);
    const allowed = await allowedByTarget(transaction);
    const isReplaced = await replacedTargets(transaction, comparison);
    const audiences = comparison.audiences.map(({ target, audienceId }) => {
      const no = wanted.numberOf(target);
      const of = counts(no, wanted.countsOf(target));
      const replaced = isReplaced.has(no) ? places.get(no) : undefined;
      const mayShrinkTo = allowed.get(no);
      return { target, audienceId, mayShrinkTo, ...of, ...(replaced && { replaced }) };
    });
    return { audiences, places };
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

  private begun(
    targets: readonly string[],
    { audiences, mayShrinkTo }: Comparison & { readonly mayShrinkTo: ReadonlyMap<string, number> },
  ): readonly BegunAudience[] {
    return audiences.flatMap(({ target, audienceId }): readonly BegunAudience[] => {
      if (!targets.includes(target)) return [];
      if (audienceId === undefined)
        throw new RangeError(`the audience of ${target} is not created`);
      const targetNo = this.wanted.numberOf(target);
      return [{ target, audienceId, targetNo, mayShrinkTo: mayShrinkTo.get(target) }];
    });
  }

  private begin(runId: number, begun: readonly BegunAudience[]): Promise<readonly TakenAudience[]> {
    return this.engine.database.alone("begin", async (transaction) => {
      await takeInSettled(transaction, this.engine);
      const takenBy = await takenAudiences(transaction, this.engine, runId);
      const taken: TakenAudience[] = [];
      for (const audience of begun) {
        const one = await takenBy(audience);
        if (one === undefined) await beginChanges(transaction, runId, audience);
        else taken.push(one);
      }
      return taken;
    });
  }

  private async changes(
    places: PlaceRange | undefined,
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

/** Down to how many rows each target may shrink, where that is somebody's word. */
async function allowedByTarget(transaction: Transaction): Promise<ReadonlyMap<number, number>> {
  const rows = await transaction.rows(
    `SELECT c.target_no, a.may_shrink_to FROM compared c
      JOIN audiences a ON a.audience_no = c.audience_no WHERE a.may_shrink_to IS NOT NULL`,
  );
  return new Map(rows.map((row) => [number(row, "target_no"), number(row, "may_shrink_to")]));
}

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
