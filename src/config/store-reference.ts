/** Where a store is: a file, or a database whose URL is in a variable. */
import path from "node:path";

/** A store, as files and the command line name it. */
export type StoreReference =
  /** A DuckDB file; absolute. */
  | { readonly kind: "file"; readonly file: string }
  /** The name of a variable with the URL of a PostgreSQL database. */
  | { readonly kind: "variable"; readonly name: string };

/** What can be written for a store, for people. */
export const STORE_REMEDY =
  "Write the path of a DuckDB file, like `.retl/state.duckdb`, which is made when it is missing, or `env:NAME`, a variable with the URL of a PostgreSQL database.";

/**
 * Reads what names a store; `undefined` when it names none, such as a URL, which is never taken from
 * here, since it holds a password.
 *
 * @param directory absolute; relative paths start here
 */
export function storeReference(text: string, directory: string): StoreReference | undefined {
  const name = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
  if (name !== undefined) return { kind: "variable", name };
  return /^\w{2,}:/.test(text) ? undefined : { kind: "file", file: path.resolve(directory, text) };
}
