/** Opens the store in a DuckDB file: makes it, brings it up to date, or says why it cannot be used. */
import { existsSync } from "node:fs";
import { chmod, mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { fail, ok, type Result } from "../../core/result.js";
import type { StoreFault } from "../store-fault.js";
import type { Store, StoreOrigin } from "../store.js";
import { Database, type StatementObserver } from "./database.js";
import { duckdbStore } from "./duckdb-store.js";
import { COLLECT_PROOFS, EVERY_BATCH } from "./fold.js";
import { bringUpToDate, readMeta, type StoreMeta } from "./meta.js";
import { MIGRATIONS, type Migration } from "./migrations.js";
import { foreign, openingFault, olderSchema, otherOrigin, inUse } from "./opening-faults.js";
import { TEMPORARY_TABLES } from "./schema.js";

/** Which store is to be opened. */
export interface ReadStoreOptions {
  /** Absolute. */
  readonly file: string;
  /** Whose truth it is to hold; whichever it holds when missing. */
  readonly origin?: StoreOrigin | undefined;
  /** Tests bring their own. */
  readonly migrations?: readonly Migration[];
}

/** How a store is opened to work on. */
export interface StoreOptions extends ReadStoreOptions {
  /** Random text for a store that is new. */
  readonly createSalt: () => string;
  /** Tests end the process at a statement. */
  readonly onStatement?: StatementObserver;
}

/**
 * Opens a store to work on. A file that is missing is made, for its owner only; one of an earlier
 * schema is brought up to date.
 *
 * @example
 * const opened = await openDuckdbStore({ file: "/srv/retl/state.duckdb", origin: "graph", createSalt });
 * if (!opened.ok) console.error(opened.error.message, opened.error.remedy);
 */
export async function openDuckdbStore(options: StoreOptions): Promise<Result<Store, StoreFault>> {
  const { file, origin, createSalt, migrations = MIGRATIONS, onStatement } = options;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const isNew = !existsSync(file);
  const opened = await openFile(file, "READ_WRITE");
  if (!opened.ok) return opened;
  const { connection, close } = opened.value;
  // The engine makes its file with the rights of the process. What it writes beside it lies in the
  // folder, which is closed to others when it was made here.
  if (isNew) await chmod(file, OWNER_ONLY);
  const database = new Database(connection, onStatement);
  const meta = await orClose(close, async () => {
    const found = await bringUpToDate(database, { origin, createSalt, migrations, file });
    // Only now is it known to be a store, not a database of somebody else's.
    if (found.ok) await chmod(file, OWNER_ONLY);
    return found;
  });
  return meta.ok ? ok(duckdbStore(database, meta.value.salt, close)) : meta;
}

const OWNER_ONLY = 0o600;

/**
 * Opens a store only to read; `undefined` when there is none. What an ended process left behind is
 * seen as the next run will find it. Calls that would change something throw.
 */
export async function openDuckdbStoreReadOnly({
  file,
  origin,
  migrations = MIGRATIONS,
}: ReadStoreOptions): Promise<Result<Store | undefined, StoreFault>> {
  if (!existsSync(file)) return ok(undefined);
  const opened = await openFile(file, "READ_ONLY");
  if (!opened.ok) return opened;
  const { connection, close } = opened.value;
  const database = new Database(connection);
  const meta = await orClose(close, async () => {
    const found = await readableMeta(database, { file, origin, migrations });
    if (found.ok)
      await database.transaction("overlay", async (transaction) => {
        for (const statement of TEMPORARY_TABLES) await transaction.run(statement);
        await transaction.run(COLLECT_PROOFS, EVERY_BATCH);
      });
    return found;
  });
  return meta.ok ? ok(duckdbStore(database, meta.value.salt, close)) : meta;
}

/** Closes a file that could not be used, or that failed on the way, so that it can be opened again. */
async function orClose<T>(
  close: () => void,
  work: () => Promise<Result<T, StoreFault>>,
): Promise<Result<T, StoreFault>> {
  let usable = false;
  try {
    const result = await work();
    usable = result.ok;
    return result;
  } finally {
    if (!usable) close();
  }
}

async function readableMeta(
  database: Database,
  { file, origin, migrations }: Required<Omit<ReadStoreOptions, "origin">> & ReadStoreOptions,
): Promise<Result<StoreMeta, StoreFault>> {
  const meta = await readMeta(database, file);
  if (!meta.ok) return meta;
  if (meta.value === undefined) return fail(foreign(file));
  const newest = migrations.at(-1)?.version ?? 0;
  if (meta.value.version < newest) return fail(olderSchema(file));
  return origin !== undefined && meta.value.origin !== origin
    ? fail(otherOrigin(file, meta.value.origin, origin))
    : ok(meta.value);
}

interface OpenFile {
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}

/**
 * Files that this process has open. The engine's lock is the system's, which does not hold between
 * two openings of one process.
 */
const openFiles = new Set<string>();

/** State is read in passes and appended in batches; less than this does not do for millions of events. */
const SETTINGS = {
  threads: "2",
  memory_limit: "128MB",
  preserve_insertion_order: "false",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
};

async function openFile(
  file: string,
  mode: "READ_WRITE" | "READ_ONLY",
): Promise<Result<OpenFile, StoreFault>> {
  const name = await realpath(file).catch(() => file);
  if (openFiles.has(name)) return fail(inUse(file, `this process (${String(process.pid)})`));
  openFiles.add(name);
  try {
    const instance = await DuckDBInstance.create(file, { ...SETTINGS, access_mode: mode });
    const connection = await instance.connect();
    let open = true;
    const close = () => {
      if (!open) return;
      open = false;
      connection.closeSync();
      instance.closeSync();
      openFiles.delete(name);
    };
    return ok({ connection, close });
  } catch (error) {
    openFiles.delete(name);
    return fail(openingFault(file, error));
  }
}
