import { DuckDBInstance } from "@duckdb/node-api";

/** Writes the lines of a CSV file as Parquet, every column as text, blank cells as null, in the same order. */
export async function writeParquet(csvFile: string, parquetFile: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const csv = `read_csv(${quoted(csvFile)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
  await connection.run(
    `COPY (SELECT * FROM ${csv}) TO ${quoted(parquetFile)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
