import type { Diagnostic, Place } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { sqlFiles, sqlName, startEngine } from "./engine.js";
import { catalogueMessage } from "./engine-message.js";
import type { SourceFile } from "./find-files.js";
import { querySource, typeName } from "./query-source.js";
import type { OpenSource } from "./source.js";
import { sourceProblem } from "./source-failure.js";

/** Opens Parquet files; columns are matched by name, and a file without one has no values in it. */
export async function openParquet(
  files: readonly SourceFile[],
  place: Place,
): Promise<Result<OpenSource, readonly Diagnostic[]>> {
  const engine = await startEngine();
  const paths = files.map(({ path }) => path);
  const table = `read_parquet(${sqlFiles(paths)}, union_by_name = true, hive_partitioning = false)`;
  try {
    const statement = await engine.connection.prepare(`SELECT * FROM ${table}`);
    const columns = Array.from({ length: statement.columnCount }, (_, index) => ({
      name: statement.columnName(index),
      type: typeName(statement.columnType(index)),
    }));
    const run = async (wanted: readonly string[]) => ({
      result: await engine.connection.stream(`SELECT ${selection(wanted)} FROM ${table}`),
      positions: wanted.map((_, index) => index),
    });
    return ok(querySource({ engine, columns, place, run }));
  } catch (error) {
    engine.close();
    const message = `the file cannot be read: ${catalogueMessage(error)}`;
    return fail([sourceProblem("source.unreadable", place, message, "Write the file anew.")]);
  }
}

/** Rows count even where no column is asked for. */
function selection(wanted: readonly string[]): string {
  return wanted.length === 0 ? "NULL" : wanted.map(sqlName).join(", ");
}
