/** A store of a schema that never was: version 0, which knows delivered events in a table of its own. */
import { DuckDBInstance } from "@duckdb/node-api";
import type { Migration } from "../../src/store/sql/store-meta.js";
import { MIGRATIONS } from "../../src/store/duckdb/migrations.js";
import { TABLES } from "../../src/store/duckdb/schema.js";

/** From version 0 to today's tables; what was delivered goes along. */
export const FROM_OLDER: readonly Migration[] = [
  {
    version: 1,
    statements: [
      ...TABLES,
      `INSERT INTO events
        SELECT pixel, event::UUID, content::UUID, NULL, happened_at, epoch_ms(sent_at),
          epoch_ms(repeat_until), epoch_ms(delivered_at), batch
        FROM delivered`,
      "DROP TABLE delivered",
    ],
  },
  ...MIGRATIONS.slice(1),
];

/** How many statements bring it to version 1: the last one notes that. */
export const MIGRATION_STATEMENTS = (FROM_OLDER[0]?.statements.length ?? 0) + 1;

/** The tables of an older store. */
export const OLDER_TABLES = ["delivered", "store_meta"];

/** Writes what a store of today knows as an older one would have known it. */
export async function writeOlderStore(today: string, older: string): Promise<void> {
  await inDatabase(":memory:", async (run) => {
    await run(`ATTACH '${today}' AS today (READ_ONLY)`);
    await run(`ATTACH '${older}' AS older`);
    await run("CREATE TABLE older.store_meta AS SELECT * FROM today.store_meta");
    await run("UPDATE older.store_meta SET schema_version = 0");
    await run(`CREATE TABLE older.delivered AS
      SELECT pixel_id AS pixel, item_id::VARCHAR AS event, content_digest::VARCHAR AS content,
        event_time AS happened_at, epoch_ms(first_sent_at) AS sent_at,
        epoch_ms(repeat_safe_until) AS repeat_until, epoch_ms(confirmed_at) AS delivered_at,
        batch_id AS batch
      FROM today.events`);
  });
}

/** The tables of a database file, in order of their names. */
export function tablesOf(file: string): Promise<readonly unknown[]> {
  return inDatabase(file, (run) =>
    run("SELECT table_name FROM information_schema.tables ORDER BY table_name"),
  );
}

type Run = (sql: string) => Promise<readonly unknown[]>;

async function inDatabase<T>(file: string, work: (run: Run) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    return await work(async (sql) => {
      const read = await connection.runAndReadAll(sql);
      return read.getRows().map(([first]) => first);
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
