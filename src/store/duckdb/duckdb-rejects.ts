import type { DuckDBValue } from "@duckdb/node-api";
import type {
  LoggedReject,
  NewReject,
  RejectCount,
  RejectFilter,
  RejectOrigin,
  Rejects,
} from "../rejects.js";
import { appendCandidates } from "./candidates.js";
import type { Cell, Database, Row, Transaction } from "./database.js";
import { digest, number, oneOf, optionalNumber, optionalText, text } from "./read-row.js";

/** Rejects in DuckDB. */
export function duckdbRejects(database: Database): Rejects {
  return {
    standing: (sync, candidates) =>
      database.transaction("standing rejects", async (transaction) => {
        await appendCandidates(transaction, candidates);
        const rows = await transaction.rows(STANDING, { sync });
        return rows.map((row) =>
          optionalText(row, "origin") === undefined ? undefined : oneOf(row, "origin", REFUSING),
        );
      }),
    noteLocal: (runId, sync, rejects, at) =>
      database.transaction("note rejects", (transaction) =>
        noteLocal(transaction, runId, sync, rejects, at),
      ),
    dropStaleLocal: (runId, sync) =>
      database.transaction("drop stale rejects", (transaction) =>
        transaction.run(
          "DELETE FROM rejects WHERE sync = $sync AND origin = 'local' AND run_id <> $runId",
          { sync, runId },
        ),
      ),
    list: (filter, limit) =>
      database.transaction("list rejects", async (transaction) => {
        const { where, values } = whereOf(filter);
        const rows = await transaction.rows(
          `SELECT * FROM rejects ${where} ORDER BY created_at DESC, identity, scope, item_id, sync LIMIT $limit`,
          { ...values, limit },
        );
        return rows.map(logged);
      }),
    counts: (filter) =>
      database.transaction("count rejects", async (transaction) => {
        const { where, values } = whereOf(filter);
        const rows = await transaction.rows(
          `SELECT sync, scope, origin, code, count(*) AS count FROM rejects ${where}
            GROUP BY sync, scope, origin, code ORDER BY sync, scope, origin, code`,
          values,
        );
        return rows.map(counted);
      }),
    retry: (filter) =>
      database.transaction("retry rejects", async (transaction) => {
        const { where, values } = whereOf(filter);
        const rows = await transaction.rows(`DELETE FROM rejects ${where} RETURNING code`, values);
        return rows.length;
      }),
  };
}

/** A reject keeps when it was first noted with this content; it is new in the run that did so. */
async function noteLocal(
  transaction: Transaction,
  runId: number,
  sync: string,
  rejects: readonly NewReject[],
  at: number,
): Promise<readonly boolean[]> {
  await appendCandidates(transaction, rejects);
  const known = await transaction.rows(KNOWN_LOCAL, { sync });
  const noted = rejects.map((reject, index) => ({
    ...reject,
    batchId: undefined,
    origin: "local" as const,
    createdAt: numberOf(known[index], "created_at") ?? at,
    firstRunId: numberOf(known[index], "first_run_id") ?? runId,
    runId,
  }));
  await putRejects(transaction, sync, noted);
  return noted.map(({ firstRunId }) => firstRunId === runId);
}

/** Whose word keeps a record out until it changes. */
const REFUSING: readonly ("meta" | "operator")[] = ["meta", "operator"];

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
  const last = new Map(rejects.map((one) => [one.itemId, one]));
  await appendCandidates(transaction, rejects);
  await transaction.run(REPLACED, { sync });
  await transaction.append(
    "rejects",
    Array.from(last.values(), (reject) => rejectRow(sync, reject)),
  );
}

function rejectRow(sync: string, reject: RejectToPut): readonly Cell[] {
  const { scope, itemId, contentDigest, operation, identity, code, field, message } = reject;
  const { batchId, origin, createdAt: at, firstRunId, runId } = reject;
  const digests = [{ uuid: itemId }, { uuid: contentDigest }];
  const said = [operation, identity, code, field, message];
  return [sync, scope, ...digests, ...said, batchId, origin, at, firstRunId, runId];
}

const STANDING = `
  SELECT c.position, r.origin FROM candidates c
  LEFT JOIN rejects r ON r.item_id = c.item_id AND r.sync = $sync
    AND r.content_digest = c.content_digest AND r.origin <> 'local'
  ORDER BY c.position`;

/** What the store knows of a candidate that it has with the same content already. */
const KNOWN_LOCAL = `
  SELECT c.position, r.created_at, r.first_run_id FROM candidates c
  LEFT JOIN rejects r ON r.item_id = c.item_id AND r.sync = $sync
    AND r.content_digest = c.content_digest AND r.origin = 'local'
  ORDER BY c.position`;

const REPLACED = `
  DELETE FROM rejects USING candidates c
  WHERE rejects.item_id = c.item_id AND rejects.sync = $sync`;

function numberOf(row: Row | undefined, name: string): number | undefined {
  return row === undefined ? undefined : optionalNumber(row, name);
}

function whereOf({ sync, scope, code, origin, identity, batchId }: RejectFilter): {
  readonly where: string;
  readonly values: Readonly<Record<string, DuckDBValue>>;
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
    operation: oneOf(row, "operation", ["upsert", "remove", "import"]),
    identity: text(row, "identity"),
    code: text(row, "code"),
    field: text(row, "field"),
    message: text(row, "message"),
    batchId: optionalText(row, "batch_id"),
    origin: oneOf(row, "origin", ["meta", "local", "operator"]),
    createdAt: number(row, "created_at"),
  };
}

function counted(row: Row): RejectCount {
  return {
    sync: text(row, "sync"),
    scope: text(row, "scope"),
    origin: oneOf(row, "origin", ["meta", "local", "operator"]),
    code: text(row, "code"),
    count: number(row, "count"),
  };
}
