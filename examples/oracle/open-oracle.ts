import { readFile } from "node:fs/promises";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { SAMPLE_NOW } from "../generator/paid-at.js";

const SCRIPTS = ["rules.sql", "audiences.sql", "events.sql"] as const;

/**
 * A connection whose tables (`audience_rows`, `audience_cells`, `audience_rejections`, `events_held`,
 * `event_rejections`, …) say what Meta must hold after one run over the CSV files in `dataFolder`
 * at the sample's date. Close it after use.
 */
export async function openOracle(dataFolder: string): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  // Zones are named in the SQL; the session's own only decides how DuckDB prints times.
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`SET VARIABLE data_folder = '${dataFolder.replaceAll("'", "''")}'`);
  await connection.run(`SET VARIABLE now = '${SAMPLE_NOW}'`);
  for (const script of SCRIPTS) await connection.run(await oracleSql(script));
  return connection;
}

/** The text of one of the SQL files beside this one. */
export async function oracleSql(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8");
}
