/** SQL over a Postgres database, read by a cursor in a transaction that can only read. */
import type { SourceDeclaration } from "../../config/sync-file.js";
import type { Diagnostic, Place } from "../../core/diagnostic.js";
import { fail, ok, type Result } from "../../core/result.js";
import { isBlankSql } from "../blank-sql.js";
import type { OpenSource } from "../source.js";
import { sourceProblem } from "../source-failure.js";
import { readTypes, typesQuery } from "./column-types.js";
import { ReadOnlyConnection } from "./connection.js";
import { CursorReader, type TypedColumn } from "./cursor-reader.js";
import {
  connectionProblem,
  driverMessage,
  isCancelled,
  isLost,
  sqlMessage,
} from "./server-message.js";
import { timeoutProblem } from "./timeout-problem.js";

/** A source of this kind. */
export type PostgresDeclaration = Extract<SourceDeclaration, { kind: "postgres" }>;

/** Connects, and learns the columns of the query without running it. */
export async function openPostgresQuery(
  source: PostgresDeclaration,
): Promise<Result<OpenSource, readonly Diagnostic[]>> {
  if (isBlankSql(source.sql)) return refused(source.place, "`sql` holds no statement");
  const connected = await connect(source);
  if (!connected.ok) return connected;
  const connection = connected.value;
  const described = await describe(connection, source);
  if (!described.ok) {
    connection.close();
    return described;
  }
  const columns = described.value;
  const reader = new CursorReader(connection, source, columns);
  return ok({
    columns: columns.map(({ name, type }) => ({ name, type: type.name })),
    batches: (wanted) => reader.batches(wanted),
    close: () => connection.close(),
  });
}

async function connect(
  source: PostgresDeclaration,
): Promise<Result<ReadOnlyConnection, readonly Diagnostic[]>> {
  const url = source.url.resolve();
  if (!url.ok) return fail([url.error]);
  const connection = connectionTo(url.value);
  const unusable = (cause: string, remedy: string) => {
    const message = `the database of ${source.url.description} cannot be used: ${cause}`;
    return fail([sourceProblem("source.database", source.place, message, remedy)]);
  };
  if (connection === undefined)
    return unusable("its URL cannot be read", "Special characters are written like `%40` in it.");
  try {
    await connection.begin(source.statementTimeoutSeconds);
    return ok(connection);
  } catch (error) {
    connection.close();
    const { cause, remedy } = connectionProblem(error);
    return unusable(cause, remedy);
  }
}

/** What the driver throws about a URL quotes it. */
function connectionTo(url: string): ReadOnlyConnection | undefined {
  try {
    return new ReadOnlyConnection(url);
  } catch {
    return undefined;
  }
}

async function describe(
  connection: ReadOnlyConnection,
  { sql, place }: PostgresDeclaration,
): Promise<Result<readonly TypedColumn[], readonly Diagnostic[]>> {
  try {
    await connection.declare(sql);
    const { columns } = await connection.fetch(0);
    await connection.free();
    const types = await connection.run(typesQuery(columns.map(({ type }) => type)));
    const typeOf = readTypes(types.rows.map((row) => row.map((cell) => cell?.toString() ?? null)));
    return ok(columns.map(({ name, type }) => ({ name, type: typeOf(type) })));
  } catch (error) {
    if (isCancelled(error)) return fail([timeoutProblem(place)]);
    if (isLost(error)) {
      const remedy = "Run again; look at the server's log if it happens once more.";
      return fail([sourceProblem("source.database", place, driverMessage(error), remedy)]);
    }
    return refused(place, `\`sql\` does not run: ${sqlMessage(error, sql)}`);
  }
}

function refused(place: Place, message: string): Result<never, readonly Diagnostic[]> {
  const remedy = "Write one SELECT; a source is only read.";
  return fail([sourceProblem("source.sql", place, message, remedy)]);
}
