/** Finds and opens the store of a run or of an operator's command. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { DEFAULT_STORE } from "../config/read-store.js";
import type { Result } from "../core/result.js";
import { openDuckdbStore, openDuckdbStoreReadOnly } from "../store/duckdb/open-store.js";
import type { StoreFault } from "../store/store-fault.js";
import type { Store, StoreOrigin } from "../store/store.js";
import type { Io } from "./io.js";

/** Where a store lies and whose truth it is to hold. */
export interface StorePlace {
  /** Absolute. */
  readonly file: string;
  /** Whichever it holds when missing. */
  readonly origin?: StoreOrigin;
}

/** The file of a store: what the command line says, else what a file says, else the usual place. */
export function storeFile(
  chosen: string | undefined,
  declared: string | undefined,
  usual: string = DEFAULT_STORE,
  { cwd }: Pick<Io, "cwd">,
): string {
  return chosen === undefined ? (declared ?? path.resolve(cwd, usual)) : path.resolve(cwd, chosen);
}

/** Opens a store to run on it; makes it when it is missing. */
export function openStore(place: StorePlace): Promise<Result<Store, StoreFault>> {
  return openDuckdbStore({ ...place, createSalt: () => randomBytes(16).toString("hex") });
}

/** Opens a store to read what it knows; `undefined` when there is none. */
export function readStore(place: StorePlace): Promise<Result<Store | undefined, StoreFault>> {
  return openDuckdbStoreReadOnly(place);
}
