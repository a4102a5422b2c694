/** The sample on three days, and what SQL says of the differences between them. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { oracleSql } from "../../../examples/oracle/open-oracle.js";

const DATA = new URL("../../../examples/data/", import.meta.url).pathname;

/** One of the days. */
export type Day = 1 | 2 | 3;

/** What must be so between two days. */
export interface ExpectedDifference {
  /** By audience: joined, left, changed, moved, repeated, unchanged. */
  readonly members: readonly (readonly unknown[])[];
  /** Each row of each request: method, audience, cells. */
  readonly rows: readonly (readonly unknown[])[];
}

/** The story, told by DuckDB from the sample's CSV alone; it shares no code with what is tested. */
export class Story {
  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Story> {
    const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-three-days-"));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const story = new Story(connection, folder);
    await story.run(await oracleSql("rules.sql"));
    await story.useFolder(DATA);
    await story.run(await readFile(new URL("days.sql", import.meta.url), "utf8"));
    for (const day of [1, 2, 3] as const) await story.tellDay(day);
    return story;
  }

  /** The source of a day. */
  source(day: Day): Promise<string> {
    return readFile(path.join(this.folder, String(day), "customers.csv"), "utf8");
  }

  /** How many records there are on a day, and how many of them are well. */
  async records(day: Day): Promise<readonly unknown[]> {
    const [counts = []] = await this.select(
      `SELECT count(*)::INTEGER, count(*) FILTER (rejection IS NULL)::INTEGER FROM records_${String(day)}`,
    );
    return counts;
  }

  /** What Meta must hold after a day: audience and identifier. */
  cells(day: Day): Promise<readonly (readonly unknown[])[]> {
    return this.select(
      `SELECT audience, column_name || '=' || value FROM cells_${String(day)} ORDER BY ALL`,
    );
  }

  async difference(before: Day, after: Day): Promise<ExpectedDifference> {
    for (const [name, day] of Object.entries({ before, after }))
      await this.run(
        `CREATE OR REPLACE TEMP TABLE rows_${name} AS SELECT * FROM rows_${String(day)}`,
      );
    await this.run(await readFile(new URL("difference.sql", import.meta.url), "utf8"));
    return {
      members: await this.select("SELECT * FROM expected ORDER BY audience"),
      rows: await this.select("SELECT method, audience, cells FROM expected_rows"),
    };
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    await rm(this.folder, { recursive: true });
  }

  /** Writes the file of a day, and remembers what the oracle makes of it. */
  private async tellDay(day: Day): Promise<void> {
    const name = String(day);
    const folder = path.join(this.folder, name);
    await mkdir(folder, { recursive: true });
    await this.run(
      `COPY day_${name} TO '${path.join(folder, "customers.csv")}' (FORMAT csv, HEADER)`,
    );
    await this.useFolder(folder);
    await this.run(`
      CREATE TEMP TABLE records_${name} AS FROM audience_records;
      CREATE TEMP TABLE cells_${name} AS FROM audience_cells;
      CREATE TEMP TABLE rows_${name} AS
        SELECT DISTINCT audience, customer_id, EMAIL, PHONE, MADID FROM audience_rows`);
  }

  private async useFolder(folder: string): Promise<void> {
    await this.run(`SET VARIABLE data_folder = '${folder}'`);
    await this.run(await oracleSql("audiences.sql"));
  }

  private async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  private async select(sql: string): Promise<readonly (readonly unknown[])[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowsJson();
  }
}
