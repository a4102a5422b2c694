import {
  BIGINT,
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Values } from "../sql/database.js";

/**
 * Runs a statement. It is prepared anew each time: the engine plans with what the tables hold at that
 * moment (how long their texts are, which values they have), and a plan of then, run when they hold
 * something else, gives wrong rows (seen in DuckDB 1.5.5).
 */
export function runStatement(
  connection: DuckDBConnection,
  sql: string,
  values: Values = {},
): Promise<DuckDBMaterializedResult> {
  const bound: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [name, value] of Object.entries(values)) {
    bound[name] = typeof value === "number" ? BigInt(value) : (value ?? null);
    if (typeof value === "number") types[name] = BIGINT;
  }
  return connection.run(sql, bound, types);
}
