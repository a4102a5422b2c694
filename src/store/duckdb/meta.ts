/** What a store's file says of itself, and how it is brought up to date. */
import { fail, ok, type Result } from "../../core/result.js";
import { StoreFailure, type StoreFault } from "../store-fault.js";
import type { StoreOrigin } from "../store.js";
import type { Transaction } from "../sql/database.js";
import { newerSchema, otherOrigin } from "../sql/meta-faults.js";
import {
  CREATE_META,
  isStore,
  metaIn,
  newestOf,
  type Migration,
  type StoreMeta,
} from "../sql/store-meta.js";
import type { DuckdbDatabase } from "./database.js";
import { damaged, foreign } from "./opening-faults.js";

/** Which store is wanted. */
export interface WantedStore {
  readonly file: string;
  /** Whose truth it is to hold; any when missing. */
  readonly origin: StoreOrigin | undefined;
  readonly migrations: readonly Migration[];
}

/** Reads what a file says of itself and refuses what is no such store; `undefined` when it is empty. */
export async function readMeta(
  database: DuckdbDatabase,
  wanted: WantedStore,
): Promise<Result<StoreMeta | undefined, StoreFault>> {
  try {
    return await database.transaction("read meta", (transaction) => checked(transaction, wanted));
  } catch (error) {
    if (error instanceof StoreFailure) return fail(damaged(wanted.file));
    throw error;
  }
}

async function checked(
  transaction: Transaction,
  { file, origin, migrations }: WantedStore,
): Promise<Result<StoreMeta | undefined, StoreFault>> {
  const columns = await transaction.rows(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_catalog = 'store'",
  );
  if (columns.length === 0) return ok(undefined);
  if (!isStore(columns)) return fail(foreign(file));
  const [row] = await transaction.rows("SELECT schema_version, origin, salt FROM store_meta");
  if (row === undefined) return fail(foreign(file));
  const meta = metaIn(row);
  if (meta.version > newestOf(migrations)) return fail(newerSchema(file));
  return origin === undefined || origin === meta.origin
    ? ok(meta)
    : fail(otherOrigin(file, meta.origin, origin));
}

/** Makes the tables of an empty file, or runs the migrations that it lacks, each in one transaction. */
export async function bringUpToDate(
  database: DuckdbDatabase,
  wanted: WantedStore,
  createSalt: () => string,
): Promise<Result<StoreMeta, StoreFault>> {
  const read = await readMeta(database, wanted);
  if (!read.ok) return read;
  const meta = read.value ?? (await firstMeta(database, wanted.origin ?? "graph", createSalt()));
  for (const migration of wanted.migrations)
    if (migration.version > meta.version) await migrate(database, migration);
  return ok({ ...meta, version: newestOf(wanted.migrations) });
}

/** Version 0: nothing but what a store says of itself. */
function firstMeta(
  database: DuckdbDatabase,
  origin: StoreOrigin,
  salt: string,
): Promise<StoreMeta> {
  return database.transaction("create", async (transaction) => {
    await transaction.run(CREATE_META);
    await transaction.run("INSERT INTO store_meta VALUES (0, $origin, $salt)", { origin, salt });
    return { version: 0, origin, salt };
  });
}

function migrate(database: DuckdbDatabase, { version, statements }: Migration): Promise<void> {
  return database.transaction(`migrate ${String(version)}`, async (transaction) => {
    for (const statement of statements) await transaction.run(statement);
    await transaction.run("UPDATE store_meta SET schema_version = $version", { version });
  });
}
