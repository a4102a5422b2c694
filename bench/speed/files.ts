/** Files of deterministic records, written line by line. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { sqlText, startEngine } from "../../src/sources/engine.js";
import { CSV_HEADER, customerLine, eventRecord } from "./records.js";

/** The sync file of the customers that {@link writeCustomers} writes. */
export function customersSync(file: string): string {
  return `sync: customers
source: { file: ${path.basename(file)} }
state:
  key: { customer_id: customer_id }
  target: { value: VIP customers }
  identifiers: { email: email, phone_e164: phone }
destination: { mapping: custom_audiences, config: { ad_account_id: "1" } }
`;
}

/** A CSV file of customers with two identifiers each. */
export async function writeCustomers(file: string, rows: number): Promise<string> {
  return writeLines(file, rows, CSV_HEADER, customerLine);
}

/** The same as a Parquet file. */
export async function writeCustomersAsParquet(file: string, rows: number): Promise<string> {
  const csv = await writeCustomers(`${file}.csv`, rows);
  const engine = await startEngine();
  await engine.connection.run(
    `COPY (FROM read_csv(${sqlText(csv)}, all_varchar = true)) TO ${sqlText(file)} (FORMAT parquet)`,
  );
  engine.close();
  await rm(csv);
  return file;
}

/** An NDJSON file of events, as contract records. */
export async function writeEvents(file: string, rows: number): Promise<string> {
  return writeLines(file, rows, "", (index) => `${JSON.stringify(eventRecord(index))}\n`);
}

const LINES_AT_ONCE = 1_000;

async function writeLines(
  file: string,
  rows: number,
  header: string,
  line: (index: number) => string,
): Promise<string> {
  const stream = createWriteStream(file);
  stream.write(header);
  for (let start = 0; start < rows; start += LINES_AT_ONCE) {
    const count = Math.min(LINES_AT_ONCE, rows - start);
    const lines = Array.from({ length: count }, (_, at) => line(start + at));
    if (!stream.write(lines.join(""))) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  return file;
}
