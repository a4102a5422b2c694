/** Stores to hold to the contract, each kind behind one way to get an empty one. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDuckdbStore, type StoreOptions } from "../../src/store/duckdb/open-store.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables } from "../../src/store/memory/tables.js";
import type { Store } from "../../src/store/store.js";
import { reopened } from "./reopened.js";

/** A store of one test. */
export interface World {
  readonly store: Store;
  readonly end: () => Promise<void>;
}

/** A store of one test that several may have open. */
export interface SharedWorld extends World {
  /** Opens it once more. */
  readonly another: () => Promise<Store>;
  /** Cuts off whoever runs a sync: its process does not know. */
  readonly cut: (sync: string) => Promise<void>;
}

/** Opens an empty store, which is closed and removed after the test. */
export type OpenWorld = () => Promise<Store>;

/** A folder of one test's own. */
export async function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "retl-meta-store-"));
}

/** Opens a store that the test expects to open. */
export async function opened(
  file: string,
  differs: Partial<Omit<StoreOptions, "file">> = {},
): Promise<Store> {
  const result = await openDuckdbStore({
    file,
    origin: "graph",
    createSalt: () => "salt",
    ...differs,
  });
  if (!result.ok) throw new Error(`${result.error.message}. ${result.error.remedy}`);
  return result.value;
}

/** A store in memory. */
export function memoryWorld(): Promise<SharedWorld> {
  const tables = emptyTables();
  return Promise.resolve({
    store: memoryStore(tables),
    another: () => Promise.resolve(memoryStore(tables)),
    cut: (sync) => {
      const lease = tables.leases.get(sync);
      if (lease !== undefined) lease.heldBy = undefined;
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  });
}

/** A store on a file, opened once. */
export async function duckdbWorld(): Promise<World> {
  const folder = await temporaryFolder();
  const store = await opened(await emptyStoreIn(folder));
  return { store, end: () => endOf(store, folder) };
}

/** A store on a file that is closed and opened again before each call. */
export async function reopenedWorld(): Promise<World> {
  const folder = await temporaryFolder();
  const file = await emptyStoreIn(folder);
  const store = await reopened(() => opened(file));
  return { store, end: () => endOf(store, folder) };
}

let emptyStore: Promise<Buffer> | undefined;

/** A file with an empty store; to make its tables takes longer than most tests do, so that it is done once. */
async function emptyStoreIn(folder: string): Promise<string> {
  const file = path.join(folder, "state.duckdb");
  emptyStore ??= bytesOfEmptyStore();
  await writeFile(file, await emptyStore);
  return file;
}

async function bytesOfEmptyStore(): Promise<Buffer> {
  const folder = await temporaryFolder();
  const file = path.join(folder, "state.duckdb");
  await (await opened(file)).close();
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}

async function endOf(store: Store, folder: string): Promise<void> {
  await store.close();
  await rm(folder, { recursive: true });
}
