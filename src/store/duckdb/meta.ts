/** What a store's file says of itself, and how it is brought up to date. */
import { fail, ok, type Result } from "../../core/result.js";
import type { StoreFault } from "../store-fault.js";
import type { StoreOrigin } from "../store.js";
import type { Database, Row, Transaction } from "./database.js";
import type { Migration } from "./migrations.js";
import { foreign, newerSchema, otherOrigin } from "./opening-faults.js";
import { number, text } from "./read-row.js";
import { TEMPORARY_TABLES } from "./schema.js";

/** What a store's file says of itself. */
export interface StoreMeta {
  readonly version: number;
  readonly origin: StoreOrigin;
  readonly salt: string;
}

/** What bringing a store up to date needs. */
export interface UpdateOptions {
  readonly file: string;
  readonly origin: StoreOrigin | undefined;
  readonly createSalt: () => string;
  readonly migrations: readonly Migration[];
}

/** Reads what a file says of itself; `undefined` when it is empty. */
export function readMeta(
  database: Database,
  file: string,
): Promise<Result<StoreMeta | undefined, StoreFault>> {
  return database.transaction("read meta", async (transaction) => {
    const tables = await transaction.rows(
      "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database()",
    );
    if (tables.length === 0) return ok(undefined);
    if (!tables.some((row) => row["table_name"] === "store_meta")) return fail(foreign(file));
    const [row] = await transaction.rows("SELECT * FROM store_meta");
    return row === undefined ? fail(foreign(file)) : ok(metaOf(row));
  });
}

/** Makes the tables of an empty file, or runs the migrations that it lacks, each in one transaction. */
export async function bringUpToDate(
  database: Database,
  options: UpdateOptions,
): Promise<Result<StoreMeta, StoreFault>> {
  const { file, origin, createSalt, migrations } = options;
  const read = await readMeta(database, file);
  if (!read.ok) return read;
  const meta = read.value ?? (await firstMeta(database, origin ?? "graph", createSalt()));
  const newest = migrations.at(-1)?.version ?? 0;
  if (meta.version > newest) return fail(newerSchema(file));
  if (origin !== undefined && meta.origin !== origin)
    return fail(otherOrigin(file, meta.origin, origin));
  for (const migration of migrations)
    if (migration.version > meta.version) await migrate(database, migration);
  await database.transaction("prepare", async (transaction) => {
    for (const statement of TEMPORARY_TABLES) await transaction.run(statement);
  });
  return ok({ ...meta, version: newest });
}

/** Version 0: nothing but what a store says of itself. */
function firstMeta(database: Database, origin: StoreOrigin, salt: string): Promise<StoreMeta> {
  return database.transaction("create", async (transaction) => {
    await transaction.run(
      "CREATE TABLE store_meta (schema_version INTEGER NOT NULL, origin VARCHAR NOT NULL, salt VARCHAR NOT NULL)",
    );
    await transaction.run("INSERT INTO store_meta VALUES (0, $origin, $salt)", { origin, salt });
    return { version: 0, origin, salt };
  });
}

function migrate(database: Database, { version, statements }: Migration): Promise<void> {
  return database.transaction(`migrate ${String(version)}`, async (transaction: Transaction) => {
    for (const statement of statements) await transaction.run(statement);
    await transaction.run("UPDATE store_meta SET schema_version = $version", { version });
  });
}

function metaOf(row: Row): StoreMeta {
  const origin = text(row, "origin");
  return {
    version: number(row, "schema_version"),
    origin: origin === "graph" ? origin : `emulator:${origin.replace(/^emulator:/, "")}`,
    salt: text(row, "salt"),
  };
}
