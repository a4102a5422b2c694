/** Opens the store in a DuckDB file: makes it, brings it up to date, or says why it cannot be used. */
import { fail, ok, type Result } from "../../core/result.js";
import { readOnly } from "../read-only.js";
import type { StoreFault } from "../store-fault.js";
import type { Store, StoreOrigin } from "../store.js";
import { olderSchema } from "../sql/meta-faults.js";
import { newestOf, type Migration } from "../sql/store-meta.js";
import { DuckdbDatabase, type StatementObserver } from "./database.js";
import { duckdbStore } from "./duckdb-store.js";
import { bringUpToDate, readMeta } from "./meta.js";
import { MIGRATIONS } from "./migrations.js";
import { duckdbScratch } from "./scratch.js";
import { showAsFolded } from "./show-as-folded.js";
import { closeToOthers, openToRead, openToWrite } from "./store-file.js";

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
  const opened = await openToWrite(file);
  if (!opened.ok) return opened;
  const database = new DuckdbDatabase(opened.value.connection, onStatement);
  const scratch = duckdbScratch(database, opened.value.folder);
  const close = () => database.close(opened.value.close);
  return orClosed(close, async () => {
    if (opened.value.isNew) await closeToOthers(file);
    const meta = await bringUpToDate(database, { file, origin, migrations }, createSalt);
    if (!meta.ok) return meta;
    // Only now is it known to be a store, and no database of somebody else's.
    if (!opened.value.isNew) await closeToOthers(file);
    return ok(duckdbStore(database, meta.value.salt, { ahead: false, scratch, close }));
  });
}

/**
 * Opens a store only to read; `undefined` when there is none. What an ended process left behind is
 * seen as the next run will find it. Calls that would change something reject with a `TypeError`.
 */
export async function openDuckdbStoreReadOnly(
  options: ReadStoreOptions,
): Promise<Result<Store | undefined, StoreFault>> {
  const { file, origin, migrations = MIGRATIONS } = options;
  const opened = await openToRead(file);
  if (!opened.ok) return opened;
  if (opened.value === undefined) return ok(undefined);
  const database = new DuckdbDatabase(opened.value.connection);
  const beneath = opened.value;
  const scratch = duckdbScratch(database, beneath.folder);
  const close = () => database.close(beneath.close);
  return orClosed(close, async () => {
    const meta = await readMeta(database, { file, origin, migrations });
    if (!meta.ok) return meta;
    if (meta.value === undefined) return ok(undefined);
    if (meta.value.version < newestOf(migrations)) return fail(olderSchema(file));
    await database.transaction("show as folded", showAsFolded);
    return ok(readOnly(duckdbStore(database, meta.value.salt, { ahead: true, scratch, close })));
  });
}

/** Closes a file of which no store came, so that it can be opened again. */
async function orClosed<T extends Store | undefined>(
  close: () => Promise<void>,
  work: () => Promise<Result<T, StoreFault>>,
): Promise<Result<T, StoreFault>> {
  let opened = false;
  try {
    const result = await work();
    opened = result.ok && result.value !== undefined;
    return result;
  } finally {
    if (!opened) await close();
  }
}
