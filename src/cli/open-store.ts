/**
 * Finds and opens the store of a run or of an operator's command. The engine of a store is loaded
 * when one of its kind is opened.
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { DEFAULT_STORE } from "../config/read-store.js";
import { STORE_REMEDY, storeReference, type StoreReference } from "../config/store-reference.js";
import { fail, ok, type Result } from "../core/result.js";
import type { StoreFault } from "../store/store-fault.js";
import type { Store, StoreOrigin } from "../store/store.js";
import type { Io } from "./io.js";

/** Where a store lies and whose truth it is to hold. */
export type StorePlace = (
  | { readonly kind: "file"; /** Absolute. */ readonly file: string }
  | { readonly kind: "server"; /** A secret. */ readonly url: string; readonly name: string }
) & {
  /** Whichever it holds when missing. */
  readonly origin?: StoreOrigin;
};

/** The variables in which the URL of a store is looked up. */
export type Variables = Io["env"];

/** Which store: what the command line says, else what a file says, else the usual file. */
export function chosenStore(
  chosen: string | undefined,
  declared: StoreReference | undefined,
  usual: string = DEFAULT_STORE,
  { cwd }: Pick<Io, "cwd">,
): Result<StoreReference, StoreFault> {
  if (chosen === undefined) return ok(declared ?? { kind: "file", file: path.resolve(cwd, usual) });
  const reference = storeReference(chosen, cwd);
  if (reference !== undefined) return ok(reference);
  return fail({
    code: "store.no_reference",
    message: "what --store says is neither a path nor a reference like `env:NAME`",
    remedy: STORE_REMEDY,
  });
}

/** Where a store lies, its URL looked up. */
export function placeOf(
  reference: StoreReference,
  variables: Variables,
  origin?: StoreOrigin,
): Result<StorePlace, StoreFault> {
  const whose = origin === undefined ? {} : { origin };
  if (reference.kind === "file") return ok({ ...reference, ...whose });
  const url = variables[reference.name]?.trim() ?? "";
  if (url !== "") return ok({ kind: "server", url, name: `env:${reference.name}`, ...whose });
  return fail({
    code: "store.missing_variable",
    message: `there is no URL of a store in the variable \`${reference.name}\``,
    remedy: "Set it, in the environment or in the file of `--env-file`.",
  });
}

/** What a store is called in what is said to people. */
export function nameOf(place: StorePlace): string {
  return place.kind === "file" ? place.file : place.name;
}

/** Opens a store to run on it; makes it when it is missing. */
export async function openStore(place: StorePlace): Promise<Result<Store, StoreFault>> {
  const createSalt = () => randomBytes(16).toString("hex");
  if (place.kind === "file") {
    const { openDuckdbStore } = await import("../store/duckdb/open-store.js");
    return openDuckdbStore({ ...place, createSalt });
  }
  const { openPostgresStore } = await import("../store/postgres/open-store.js");
  return openPostgresStore({ ...place, createSalt });
}

/** Opens a store to read what it knows; `undefined` when there is none. */
export async function readStore(place: StorePlace): Promise<Result<Store | undefined, StoreFault>> {
  if (place.kind === "file") {
    const { openDuckdbStoreReadOnly } = await import("../store/duckdb/open-store.js");
    return openDuckdbStoreReadOnly(place);
  }
  const { openPostgresStoreReadOnly } = await import("../store/postgres/open-store.js");
  return openPostgresStoreReadOnly(place);
}

/** Opens a store to work on, unless there is none: opening to write would make it. */
export async function openExisting(
  place: StorePlace,
): Promise<Result<Store | undefined, StoreFault>> {
  const found = await readStore(place);
  if (!found.ok && found.error.code !== "store.older") return found;
  if (found.ok && found.value === undefined) return ok(undefined);
  if (found.ok) await found.value?.close();
  return openStore(place);
}

/** How a store comes to be, and where else one may lie. */
export const WHERE_STORES_ARE =
  "`sync` makes one when it runs; --store names another one, such as an emulator's: .retl/emulator.duckdb.";

/** What an operator's word needs is not there. */
export function missingStore(name: string): StoreFault {
  return {
    code: "store.missing",
    message: `there is no store at \`${name}\``,
    remedy: WHERE_STORES_ARE,
  };
}
