import path from "node:path";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readText } from "./scalars.js";

/** Where a store lies when nothing else is said; relative to the working directory. */
export const DEFAULT_STORE = path.join(".retl", "state.duckdb");

/** Reads `store`: the path of a DuckDB file, which a run creates when it is missing. */
export function readStore(
  directory: string,
): (field: Field, problems: Problems) => string | undefined {
  return (field, problems) => {
    const text = readText(field, problems);
    if (text === undefined) return undefined;
    return /^\w{2,}:/.test(text)
      ? problems.invalidValue(
          field,
          "is no path of a file",
          "Write the path of a DuckDB file, like `.retl/state.duckdb`; it is made when it is missing.",
        )
      : path.resolve(directory, text);
  };
}
