import { writeFile } from "node:fs/promises";
import { openOracle, oracleSql } from "./open-oracle.js";

/** Computes the oracle over `dataFolder` and writes its results in short to `file`, as JSON. */
export async function writeExpected(dataFolder: string, file: string): Promise<void> {
  const connection = await openOracle(dataFolder);
  const answer = await connection.runAndReadAll(await oracleSql("expected.sql"));
  connection.closeSync();
  const parsed: unknown = JSON.parse(String(answer.getRows()[0]?.[0]));
  await writeFile(file, `${JSON.stringify(parsed, null, 2)}\n`);
}
