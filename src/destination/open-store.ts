import { randomBytes } from "node:crypto";
import path from "node:path";
import type { Result } from "../core/result.js";
import type { StoreFault } from "../store/store-fault.js";
import { memoryStore as inMemory } from "../store/memory/memory-store.js";
import type { Store, StoreOrigin } from "../store/store.js";

/**
 * A store that lives as long as its process: for tests, demos, and whoever keeps account elsewhere.
 *
 * @example
 * const store = memoryStore();
 * const first = await loadDestination("retl/meta", { ...options, store });
 * const second = await loadDestination("retl/meta", { ...options, store });
 * await first.deliver([order]);
 * const { records } = await second.deliver([order]);
 * console.log(records.acknowledged, records.delivered); // => 0, 1
 */
export function memoryStore(): Store {
  return inMemory();
}

/** Which store on a server is opened. */
export interface OpenPostgresStoreOptions {
  /** The URL of a database, `postgres://user:password@host:5432/database`; no text shows it. */
  readonly url: string;
  /** The schema in which its tables lie: small letters, digits and underscores; `retl_meta` when missing. */
  readonly schema?: string;
  /** Whose truth it holds: `graph`, Meta's, when missing. */
  readonly origin?: StoreOrigin;
}

/** Which store is opened. */
export interface OpenStoreOptions {
  /** A path; the file is made, for its owner only, when it is missing. */
  readonly file: string;
  /** Whose truth it holds: `graph`, Meta's, when missing. */
  readonly origin?: StoreOrigin;
}

/**
 * Opens a store that outlives the process, for `loadDestination`. One process has it at a time; close
 * it when you are done. The database engine is loaded here and not before.
 *
 * @returns the store; or `store.in_use` with who has it, and other reasons why it cannot be opened
 * @example
 * const opened = await openDuckdbStore({ file: "state.duckdb" });
 * if (!opened.ok) throw new Error(`${opened.error.message}. ${opened.error.remedy}`);
 * const lasting = await loadDestination("retl/meta", { ...options, store: opened.value });
 * const { status } = await lasting.deliver([order]);
 * console.log(status); // => "succeeded"
 * await opened.value.close();
 */
export async function openDuckdbStore({
  file,
  origin = "graph",
}: OpenStoreOptions): Promise<Result<Store, StoreFault>> {
  const { openDuckdbStore: open } = await import("../store/duckdb/open-store.js");
  const createSalt = () => randomBytes(16).toString("hex");
  return open({ file: path.resolve(file), origin, createSalt });
}

/**
 * Opens a store that several machines share, for `loadDestination`. It may be opened by several
 * processes at once; a sync is run by one of them at a time. Close it when you are done.
 *
 * @returns the store; or why it cannot be opened, without the URL or what the server said in it
 * @example
 * const opened = await openPostgresStore({ url: process.env["RETL_STORE_URL"] ?? "" });
 * if (!opened.ok) throw new Error(`${opened.error.message}. ${opened.error.remedy}`);
 * const shared = await loadDestination("retl/meta", { ...options, store: opened.value });
 * const { status } = await shared.deliver([order]);
 * console.log(status); // => "succeeded"
 * await opened.value.close();
 */
export async function openPostgresStore({
  url,
  schema,
  origin = "graph",
}: OpenPostgresStoreOptions): Promise<Result<Store, StoreFault>> {
  const { openPostgresStore: open } = await import("../store/postgres/open-store.js");
  const createSalt = () => randomBytes(16).toString("hex");
  const place = schema === undefined ? {} : { schema };
  return open({ url, name: "postgres", origin, createSalt, ...place });
}
