/** SQL over a DuckDB file, which is opened read-only. */
import { open } from "node:fs/promises";
import { StatementType, type DuckDBPreparedStatement } from "@duckdb/node-api";
import type { SourceDeclaration } from "../config/sync-file.js";
import type { Diagnostic, Place } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { isBlankSql } from "./blank-sql.js";
import { startEngine, type Engine } from "./engine.js";
import { catalogueMessage } from "./engine-message.js";
import { querySource, typeName } from "./query-source.js";
import type { OpenSource, SourceColumn } from "./source.js";
import { sourceProblem } from "./source-failure.js";

type QueryDeclaration = Extract<SourceDeclaration, { kind: "duckdb" }>;

/** Opens the database and prepares the query, which must be one statement that only reads. */
export async function openDuckdbQuery(
  source: QueryDeclaration,
): Promise<Result<OpenSource, readonly Diagnostic[]>> {
  const engine = await openDatabase(source);
  if (!engine.ok) return engine;
  const prepared = await prepare(engine.value, source);
  if (!prepared.ok) {
    engine.value.close();
    return prepared;
  }
  const statement = prepared.value;
  const columns = columnsOf(statement);
  const names = columns.map(({ name }) => name);
  return ok(
    querySource({
      engine: engine.value,
      columns,
      place: source.place,
      // The text runs as it is, so that ORDER BY holds and messages fit it.
      run: async (wanted) => ({
        result: await statement.stream(),
        positions: wanted.map((name) => names.indexOf(name)),
      }),
    }),
  );
}

async function openDatabase({
  database,
  place,
}: QueryDeclaration): Promise<Result<Engine, readonly Diagnostic[]>> {
  if (database === ":memory:") return ok(await startEngine());
  const problem = await fileProblem(database, place);
  if (problem !== undefined) return fail([problem]);
  try {
    return ok(await startEngine(database));
  } catch (error) {
    const message = `the database cannot be opened: ${catalogueMessage(error)}`;
    return fail([sourceProblem("source.database", place, message, OPEN_REMEDY)]);
  }
}

const OPEN_REMEDY =
  "Close other programs that write to it, and check its path and the version that wrote it.";

/** The engine would open a file of another kind in its own ways. */
async function fileProblem(database: string, place: Place): Promise<Diagnostic | undefined> {
  try {
    const file = await open(database);
    try {
      const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
      if (buffer.toString("latin1", 8) === "DUCK") return undefined;
    } finally {
      await file.close();
    }
  } catch {
    const message = `there is no database \`${database}\` that can be read`;
    const remedy = "Check the path; a relative one starts at the folder of the sync file.";
    return sourceProblem("source.missing_file", place, message, remedy);
  }
  const message = `\`${database}\` is not a DuckDB database`;
  const remedy = "Name a file that DuckDB wrote; a data file is read with `source: {file: …}`.";
  return sourceProblem("source.database", place, message, remedy);
}

async function prepare(
  { connection }: Engine,
  { sql, place }: QueryDeclaration,
): Promise<Result<DuckDBPreparedStatement, readonly Diagnostic[]>> {
  if (isBlankSql(sql)) return refused(place, "`sql` holds no statement");
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1)
      return refused(place, `\`sql\` holds ${statements.count} statements`);
    const statement = await statements.prepare(0);
    if (statement.statementType === StatementType.SELECT) return ok(statement);
    const kind = StatementType[statement.statementType];
    return refused(place, `\`sql\` is a statement of the kind ${kind}, not a query`);
  } catch (error) {
    return refused(place, `\`sql\` does not run: ${catalogueMessage(error)}`);
  }
}

function refused(place: Place, message: string): Result<never, readonly Diagnostic[]> {
  const remedy = "Write one SELECT; a source is only read.";
  return fail([sourceProblem("source.sql", place, message, remedy)]);
}

function columnsOf(statement: DuckDBPreparedStatement): readonly SourceColumn[] {
  return Array.from({ length: statement.columnCount }, (_, index) => ({
    name: statement.columnName(index),
    type: typeName(statement.columnType(index)),
  }));
}
