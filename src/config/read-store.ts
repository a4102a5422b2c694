import path from "node:path";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readText } from "./scalars.js";
import { STORE_REMEDY, storeReference, type StoreReference } from "./store-reference.js";

/** Where a store lies when nothing else is said; relative to the working directory. */
export const DEFAULT_STORE = path.join(".retl", "state.duckdb");

/** Reads `store`. What is no reference may hold a password, so its line is not shown. */
export function readStore(
  directory: string,
): (field: Field, problems: Problems) => StoreReference | undefined {
  return (field, problems) => {
    const text = readText(field, problems);
    if (text === undefined) return undefined;
    const reference = storeReference(text, directory);
    if (reference !== undefined) return reference;
    const found = "is neither a path nor a reference like `env:NAME`";
    return problems.invalidValue(field.withoutLines(), found, STORE_REMEDY);
  };
}
