import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../examples/generator/write-sample.js";
import { writeExpected } from "../../examples/oracle/write-expected.js";

const EXAMPLES = join(import.meta.dirname, "../../examples");
const DATA = join(EXAMPLES, "data");

describe("the sample data", () => {
  let folder: string;
  let database: DuckDBConnection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "retl-meta-sample-"));
    await writeSample(folder);
    await writeExpected(folder, join(folder, "expected.json"));
    database = await (await DuckDBInstance.create(":memory:")).connect();
  });
  afterAll(async () => {
    database.closeSync();
    await rm(folder, { recursive: true });
  });

  it.each(["customers.csv", "orders.csv", "orders.parquet"])(
    "%s is made again byte for byte",
    async (name) => {
      const [made, committed] = await Promise.all([
        readFile(join(folder, name)),
        readFile(join(DATA, name)),
      ]);
      expect(made.equals(committed)).toBe(true);
    },
  );

  it("gives the oracle's committed results again", async () => {
    const made = await readFile(join(folder, "expected.json"), "utf8");
    expect(made).toBe(await readFile(join(EXAMPLES, "oracle/expected.json"), "utf8"));
  });

  it("holds the same orders in the same order as CSV and as Parquet", async () => {
    const csv = `read_csv('${join(DATA, "orders.csv")}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
    const parquet = `read_parquet('${join(DATA, "orders.parquet")}')`;
    const numbered = (table: string): string =>
      `SELECT row_number() OVER () AS line, * FROM ${table}`;
    const differing = `SELECT count(*) FROM (
      (${numbered(csv)} EXCEPT ALL ${numbered(parquet)})
      UNION ALL
      (${numbered(parquet)} EXCEPT ALL ${numbered(csv)}))`;
    expect((await database.runAndReadAll(differing)).getRows()).toEqual([[0n]]);
  });

  it("stays below 6 MB", async () => {
    const files = ["customers.csv", "orders.csv", "orders.parquet"];
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(DATA, name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000);
  });

  it("names only domains that are reserved for examples", async () => {
    const texts = await Promise.all(
      ["customers.csv", "orders.csv"].map((name) => readFile(join(DATA, name), "utf8")),
    );
    const domains = texts.flatMap((text) => text.toLowerCase().match(/(?<=@)[a-z.-]+/g) ?? []);
    expect(new Set(domains)).toEqual(
      new Set([
        "example.com",
        "example.test",
        "mail.example.test",
        "office.example.test",
        "post.example.com",
        "team.example.com",
      ]),
    );
  });
});
