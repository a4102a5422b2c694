/** What a store's file says of itself, and how it is brought up to date. */
import { fail, ok, type Result } from "../../core/result.js";
import { StoreFailure, type StoreFault } from "../store-fault.js";
import type { StoreOrigin } from "../store.js";
import type { Row, Transaction } from "../sql/database.js";
import { number, text } from "../sql/read-row.js";
import type { DuckdbDatabase } from "./database.js";
import type { Migration } from "./migrations.js";
import { damaged, foreign, newerSchema, otherOrigin } from "./opening-faults.js";

/** What a store's file says of itself. */
export interface StoreMeta {
  readonly version: number;
  readonly origin: StoreOrigin;
  readonly salt: string;
}

/** Which store is wanted. */
export interface WantedStore {
  readonly file: string;
  /** Whose truth it is to hold; any when missing. */
  readonly origin: StoreOrigin | undefined;
  readonly migrations: readonly Migration[];
}

/** The columns by which a store is told; they are the same in every version. */
const COLUMNS: ReadonlySet<unknown> = new Set(["schema_version", "origin", "salt"]);

/** Reads what a file says of itself and refuses what is no such store; `undefined` when it is empty. */
export async function readMeta(
  database: DuckdbDatabase,
  wanted: WantedStore,
): Promise<Result<StoreMeta | undefined, StoreFault>> {
  try {
    return await database.transaction("read meta", (transaction) => metaIn(transaction, wanted));
  } catch (error) {
    if (error instanceof StoreFailure) return fail(damaged(wanted.file));
    throw error;
  }
}

async function metaIn(
  transaction: Transaction,
  { file, origin, migrations }: WantedStore,
): Promise<Result<StoreMeta | undefined, StoreFault>> {
  const columns = await transaction.rows(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_catalog = 'store'",
  );
  if (columns.length === 0) return ok(undefined);
  const ours = columns.filter((row) => row["table_name"] === "store_meta");
  if (ours.filter((row) => COLUMNS.has(row["column_name"])).length < COLUMNS.size)
    return fail(foreign(file));
  const [row] = await transaction.rows("SELECT schema_version, origin, salt FROM store_meta");
  if (row === undefined) return fail(foreign(file));
  const meta = metaOf(row);
  if (meta.version > newestOf(migrations)) return fail(newerSchema(file));
  return origin === undefined || origin === meta.origin
    ? ok(meta)
    : fail(otherOrigin(file, meta.origin, origin));
}

/** The version that migrations lead to. */
export function newestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
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
    await transaction.run(
      "CREATE TABLE store_meta (schema_version INTEGER NOT NULL, origin VARCHAR NOT NULL, salt VARCHAR NOT NULL)",
    );
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

function metaOf(row: Row): StoreMeta {
  const origin = text(row, "origin");
  return {
    version: number(row, "schema_version"),
    origin: origin === "graph" ? origin : `emulator:${origin.replace(/^emulator:/, "")}`,
    salt: text(row, "salt"),
  };
}
