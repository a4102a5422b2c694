/** Opens the store on a PostgreSQL server: makes it, brings it up to date, or says why it cannot be used. */
import { fail, ok, type Result } from "../../core/result.js";
import { readOnly } from "../read-only.js";
import { olderSchema } from "../sql/meta-faults.js";
import { newestOf, type Migration } from "../sql/store-meta.js";
import { StoreFailure, type StoreFault } from "../store-fault.js";
import type { Store, StoreOrigin } from "../store.js";
import { Connection } from "./connection.js";
import { all, PostgresDatabase, type StatementObserver } from "./database.js";
import { StatementFailure } from "./failures.js";
import { HEARTBEAT_MS, takeLease } from "./lease.js";
import { bringUpToDate, readMeta, type WantedStore } from "./meta.js";
import { MIGRATIONS } from "./migrations.js";
import { answeredFault } from "./opening-faults.js";
import { postgresStore } from "./postgres-store.js";
import { viewsAsFolded } from "./show-as-folded.js";

/** Which store is to be opened. */
export interface ReadStoreOptions {
  /** A secret, which no text shows. */
  readonly url: string;
  /** What people call it: `env:RETL_STORE_URL`. */
  readonly name: string;
  /** Whose truth it is to hold; whichever it holds when missing. */
  readonly origin?: StoreOrigin | undefined;
  /** Where its tables lie; small letters, digits and underscores. */
  readonly schema?: string;
  /** Tests bring their own. */
  readonly migrations?: readonly Migration[];
}

/** How a store is opened to work on. */
export interface StoreOptions extends ReadStoreOptions {
  /** Random text for a store that is new. */
  readonly createSalt: () => string;
  /** Tests end the process at a statement. */
  readonly onStatement?: StatementObserver;
  /** How often the holder of a sync makes sure that the server hears it, in ms. */
  readonly heartbeatMs?: number;
}

/** The schema in which a store has its tables. */
export const DEFAULT_SCHEMA = "retl_meta";

/**
 * Opens a store to work on. Its schema is made where it is missing, and brought up to date; several
 * processes may do so at once.
 *
 * @example
 * const opened = await openPostgresStore({ url, name: "env:RETL_STORE_URL", origin: "graph", createSalt });
 * if (!opened.ok) console.error(opened.error.message, opened.error.remedy);
 */
export async function openPostgresStore(options: StoreOptions): Promise<Result<Store, StoreFault>> {
  const { createSalt, onStatement, heartbeatMs = HEARTBEAT_MS } = options;
  const wanted = wantedOf(options);
  return opened(wanted, "write", onStatement, async (database) => {
    const meta = await bringUpToDate(database, wanted, createSalt);
    if (!meta.ok) return meta;
    const onSilence = () => void database.destroy();
    return ok(
      postgresStore(database, meta.value.salt, {
        reading: false,
        takeLease: ({ sync, holder, startedAt: at }) =>
          takeLease(wanted, { sync, holder, at, heartbeatMs, onSilence }),
      }),
    );
  });
}

/**
 * Opens a store only to read, also while runs write to it; `undefined` when there is none. What an
 * ended process left behind is seen as the next run will find it. Calls that would change something
 * reject with a `TypeError`.
 */
export function openPostgresStoreReadOnly(
  options: ReadStoreOptions,
): Promise<Result<Store | undefined, StoreFault>> {
  const wanted = wantedOf(options);
  return opened(wanted, "read", undefined, async (database) => {
    const meta = await database.read("read meta", (transaction) => readMeta(transaction, wanted));
    if (!meta.ok) return meta;
    if (meta.value === undefined) return ok(undefined);
    if (meta.value.version < newestOf(wanted.migrations)) return fail(olderSchema(wanted.name));
    await database.temporary("show as folded", all(viewsAsFolded(wanted.schema)));
    const takeLease = () => Promise.reject(new TypeError("a reader runs nothing"));
    return ok(readOnly(postgresStore(database, meta.value.salt, { reading: true, takeLease })));
  });
}

function wantedOf({
  url,
  name,
  origin,
  schema = DEFAULT_SCHEMA,
  migrations = MIGRATIONS,
}: ReadStoreOptions): WantedStore {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new TypeError("the schema's name is not plain");
  return { url, name, origin, schema, migrations };
}

/** Connects, and closes a connection of which no store came. */
async function opened<T extends Store | undefined>(
  wanted: WantedStore,
  access: "read" | "write",
  onStatement: StatementObserver | undefined,
  work: (database: PostgresDatabase) => Promise<Result<T, StoreFault>>,
): Promise<Result<T, StoreFault>> {
  const connected = await Connection.open(wanted, access);
  if (!connected.ok) return connected;
  const database = new PostgresDatabase(connected.value, onStatement);
  let isOpen = false;
  try {
    const result = await work(database);
    isOpen = result.ok && result.value !== undefined;
    return result;
  } catch (error) {
    if (error instanceof StatementFailure) return fail(answeredFault(wanted.name, error.state));
    if (error instanceof StoreFailure) return fail(error.fault);
    throw error;
  } finally {
    if (!isOpen) await database.close();
  }
}
