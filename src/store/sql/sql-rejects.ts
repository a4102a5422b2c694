import type {
  LoggedReject,
  NewReject,
  RejectCount,
  RejectFilter,
  RejectOrigin,
  Rejects,
} from "../rejects.js";
import type { Cell, Database, Row, Statements, Transaction, Values } from "./database.js";
import { digest, number, oneOf, optionalText, text } from "./read-row.js";

/** Rejects in a database. */
export function sqlRejects(database: Database): Rejects {
  return {
    standing: (sync, candidates) =>
      database.read("standing rejects", async (transaction) => {
        const rows = await (await transaction.about(candidates)).rows(STANDING, { sync });
        const origins = new Map(rows.map((row) => [number(row, "position"), refusing(row)]));
        return candidates.map((_, position) => origins.get(position));
      }),
    noteLocal: (runId, sync, rejects, at) =>
      database.step("note rejects", (transaction) =>
        noteLocal(transaction, runId, sync, rejects, at),
      ),
    dropStaleLocal: (runId, sync) =>
      database.step("drop stale rejects", async (transaction) => {
        await transaction.run(
          "DELETE FROM rejects WHERE sync = $sync AND origin = 'local' AND run_id <> $runId",
          { sync, runId },
        );
      }),
    list: (filter, limit) =>
      database.read("list rejects", async (transaction) => {
        const { where, values } = whereOf(filter);
        const rows = await transaction.rows(
          `SELECT * FROM rejects ${where} ORDER BY created_at DESC, identity, scope, item_id, sync LIMIT $limit`,
          { ...values, limit },
        );
        return rows.map(logged);
      }),
    counts: (filter) =>
      database.read("count rejects", async (transaction) => {
        const { where, values } = whereOf(filter);
        const rows = await transaction.rows(
          `SELECT ${CAUSE}, count(*) AS count FROM rejects ${where}
            GROUP BY ${CAUSE} ORDER BY ${CAUSE}`,
          values,
        );
        return rows.map(counted);
      }),
    retry: (filter) =>
      database.alone("retry rejects", (transaction) => {
        const { where, values } = whereOf(filter);
        return transaction.run(`DELETE FROM rejects ${where}`, values);
      }),
  };
}

/** By what rejects are counted. */
const CAUSE = "sync, scope, origin, code, operation";

/** A reject keeps when it was first noted with this content; it is new in the run that did so. */
async function noteLocal(
  transaction: Transaction,
  runId: number,
  sync: string,
  rejects: readonly NewReject[],
  at: number,
): Promise<readonly boolean[]> {
  if (rejects.length === 0) return [];
  const about = await transaction.about(rejects);
  const rows = await about.rows(KNOWN_LOCAL, { sync });
  const known = new Map(rows.map((row) => [digest(row, "item_id"), noted(row)]));
  const isNew = rejects.map(({ itemId, contentDigest }) => {
    const before = known.get(itemId);
    const standing = before?.contentDigest === contentDigest ? before : undefined;
    const first = standing ?? { contentDigest, createdAt: at, firstRunId: runId };
    known.set(itemId, first);
    return first.firstRunId === runId;
  });
  await replaceRejects(
    transaction,
    about,
    sync,
    rejects.map((reject) => {
      const { createdAt, firstRunId } = known.get(reject.itemId) ?? { createdAt: at };
      return { ...reject, batchId: undefined, origin: "local", createdAt, firstRunId, runId };
    }),
  );
  return isNew;
}

function noted(row: Row) {
  return {
    contentDigest: digest(row, "content_digest"),
    createdAt: number(row, "created_at"),
    firstRunId: number(row, "first_run_id"),
  };
}

/** Whose word keeps a record out until it changes. */
function refusing(row: Row): "meta" | "operator" {
  return oneOf(row, "origin", ["meta", "operator"]);
}

/** A reject as it is put into the store, in place of an earlier one of the same record. */
export interface RejectToPut extends NewReject {
  readonly batchId: string | undefined;
  readonly origin: RejectOrigin;
  readonly createdAt: number;
  readonly firstRunId: number | undefined;
  readonly runId: number | undefined;
}

/** Puts rejects; of several of one record the last counts. */
export async function putRejects(
  transaction: Transaction,
  sync: string,
  rejects: readonly RejectToPut[],
): Promise<void> {
  if (rejects.length === 0) return;
  await replaceRejects(transaction, await transaction.about(rejects), sync, rejects);
}

/** Puts rejects. @param about statements about their records */
async function replaceRejects(
  transaction: Transaction,
  about: Statements,
  sync: string,
  rejects: readonly RejectToPut[],
): Promise<void> {
  const last = new Map(rejects.map((one) => [one.itemId, one]));
  await about.run(
    "DELETE FROM rejects WHERE sync = $sync AND item_id IN (SELECT item_id FROM candidates)",
    { sync },
  );
  await transaction.append(
    "rejects",
    Array.from(last.values(), (reject) => rejectRow(sync, reject)),
  );
}

function rejectRow(sync: string, reject: RejectToPut): readonly Cell[] {
  const { scope, itemId, contentDigest, operation, identity, code, field, message } = reject;
  const { batchId, origin, createdAt: at, firstRunId, runId } = reject;
  const said = [operation, identity, code, field, message];
  return [sync, scope, itemId, contentDigest, ...said, batchId, origin, at, firstRunId, runId];
}

const STANDING = `
  SELECT c.position, r.origin FROM candidates c JOIN rejects r ON r.item_id = c.item_id
    AND r.content_digest = c.content_digest
  WHERE r.sync = $sync AND r.origin <> 'local'`;

const KNOWN_LOCAL = `
  SELECT item_id, content_digest, created_at, first_run_id FROM rejects
  WHERE sync = $sync AND origin = 'local' AND item_id IN (SELECT item_id FROM candidates)
    AND first_run_id NOT IN (SELECT run_id FROM runs WHERE status = 'unfinished')`;

function whereOf({ sync, scope, code, origin, identity, batchId }: RejectFilter): {
  readonly where: string;
  readonly values: Values;
} {
  const wanted = { sync, scope, code, origin, identity, batch_id: batchId };
  const given = Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, value }],
  );
  const conditions = given.map(({ column }) => `${column} = $${column}`).join(" AND ");
  return {
    where: given.length === 0 ? "" : `WHERE ${conditions}`,
    values: Object.fromEntries(given.map(({ column, value }) => [column, value])),
  };
}

function logged(row: Row): LoggedReject {
  return {
    sync: text(row, "sync"),
    scope: text(row, "scope"),
    itemId: digest(row, "item_id"),
    contentDigest: digest(row, "content_digest"),
    operation: operationOf(row),
    identity: text(row, "identity"),
    code: text(row, "code"),
    field: text(row, "field"),
    message: text(row, "message"),
    batchId: optionalText(row, "batch_id"),
    origin: oneOf(row, "origin", ["meta", "local", "operator"]),
    createdAt: number(row, "created_at"),
  };
}

function operationOf(row: Row): NewReject["operation"] {
  return oneOf(row, "operation", ["upsert", "remove", "import"]);
}

function counted(row: Row): RejectCount {
  return {
    sync: text(row, "sync"),
    scope: text(row, "scope"),
    operation: operationOf(row),
    origin: oneOf(row, "origin", ["meta", "local", "operator"]),
    code: text(row, "code"),
    count: number(row, "count"),
  };
}
