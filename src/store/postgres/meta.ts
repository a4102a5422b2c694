/** What a store on a server says of itself, and how it is brought up to date. */
import { fail, ok, type Result } from "../../core/result.js";
import type { Transaction } from "../sql/database.js";
import { newerSchema, otherOrigin } from "../sql/meta-faults.js";
import { text } from "../sql/read-row.js";
import {
  CREATE_META,
  isStore,
  metaIn,
  newestOf,
  type Migration,
  type StoreMeta,
} from "../sql/store-meta.js";
import type { StoreFault } from "../store-fault.js";
import type { StoreOrigin } from "../store.js";
import type { StorePlace } from "./connection.js";
import type { PostgresDatabase } from "./database.js";
import { foreignSchema, otherEncoding } from "./opening-faults.js";

/** Which store is wanted. */
export interface WantedStore extends StorePlace {
  /** Whose truth it is to hold; any when missing. */
  readonly origin: StoreOrigin | undefined;
  readonly migrations: readonly Migration[];
}

/** Reads what a store says of itself and refuses what is none; `undefined` where nothing is. */
export async function readMeta(
  transaction: Transaction,
  { name, schema, origin, migrations }: WantedStore,
): Promise<Result<StoreMeta | undefined, StoreFault>> {
  const [server] = await transaction.rows("SELECT current_setting('server_encoding') AS encoding");
  const encoding = server === undefined ? "" : text(server, "encoding");
  if (encoding !== "UTF8") return fail(otherEncoding(name, encoding));
  const columns = await transaction.rows(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = $schema",
    { schema },
  );
  if (columns.length === 0) return ok(undefined);
  if (!isStore(columns)) return fail(foreignSchema(name, schema));
  const [row] = await transaction.rows("SELECT schema_version, origin, salt FROM store_meta");
  if (row === undefined) return fail(foreignSchema(name, schema));
  const meta = metaIn(row);
  if (meta.version > newestOf(migrations)) return fail(newerSchema(name));
  return origin === undefined || origin === meta.origin
    ? ok(meta)
    : fail(otherOrigin(name, meta.origin, origin));
}

/**
 * Makes the tables where none are, or runs the migrations that are lacking, all in one transaction.
 * Whoever opens the store meanwhile waits, and finds it made.
 */
export function bringUpToDate(
  database: PostgresDatabase,
  wanted: WantedStore,
  createSalt: () => string,
): Promise<Result<StoreMeta, StoreFault>> {
  const { schema, migrations, origin = "graph" } = wanted;
  const opening = { sql: ONE_AT_A_TIME, values: { schema } };
  return database.transaction("bring up to date", [opening], async (transaction) => {
    const read = await readMeta(transaction, wanted);
    if (!read.ok) return read;
    const meta = read.value ?? (await firstMeta(transaction, schema, origin, createSalt()));
    for (const migration of migrations)
      if (migration.version > meta.version) await migrate(transaction, migration);
    return ok({ ...meta, version: newestOf(migrations) });
  });
}

const ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('retl-meta ' || $schema, 0))";

async function firstMeta(
  transaction: Transaction,
  schema: string,
  origin: StoreOrigin,
  salt: string,
): Promise<StoreMeta> {
  const there = await transaction.rows(
    "SELECT 1 AS there FROM pg_namespace WHERE nspname = $schema",
    { schema },
  );
  if (there.length === 0) await transaction.run(`CREATE SCHEMA "${schema}"`);
  await transaction.run(CREATE_META);
  await transaction.run("INSERT INTO store_meta VALUES (0, $origin, $salt)", { origin, salt });
  return { version: 0, origin, salt };
}

async function migrate(
  transaction: Transaction,
  { version, statements }: Migration,
): Promise<void> {
  for (const statement of statements) await transaction.run(statement);
  await transaction.run("UPDATE store_meta SET schema_version = $version", { version });
}
