/** What a store says of itself, and the steps that bring it up to date. */
import type { StoreOrigin } from "../store.js";
import type { Row } from "./database.js";
import { number, text } from "./read-row.js";

/** What a store says of itself, in its table `store_meta`. */
export interface StoreMeta {
  readonly version: number;
  readonly origin: StoreOrigin;
  readonly salt: string;
}

/** A step from one schema version to the next; all of it takes effect in one transaction, or none. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/** Version 0: nothing but what a store says of itself. */
export const CREATE_META =
  "CREATE TABLE store_meta (schema_version INTEGER NOT NULL, origin VARCHAR NOT NULL, salt VARCHAR NOT NULL)";

/** The columns by which a store is told; they are the same in every version. */
const COLUMNS: ReadonlySet<unknown> = new Set(["schema_version", "origin", "salt"]);

/** Whether these are the tables of a store: rows of `information_schema.columns`. */
export function isStore(columns: readonly Row[]): boolean {
  const ours = columns.filter((row) => row["table_name"] === "store_meta");
  return ours.filter((row) => COLUMNS.has(row["column_name"])).length === COLUMNS.size;
}

/** The version that migrations lead to. */
export function newestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** The row of `store_meta`. */
export function metaIn(row: Row): StoreMeta {
  const origin = text(row, "origin");
  return {
    version: number(row, "schema_version"),
    origin: origin === "graph" ? origin : `emulator:${origin.replace(/^emulator:/, "")}`,
    salt: text(row, "salt"),
  };
}
