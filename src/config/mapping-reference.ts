import path from "node:path";
import type { Place } from "../core/diagnostic.js";

/** Which mapping is meant: one that is shipped, by name, or a file by its absolute path. */
export type MappingReference = { readonly place: Place } & (
  | { readonly kind: "shipped"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
);

/**
 * Reads a reference: text with a slash or ending in `.yaml` or `.yml` is a path, all other text is
 * a shipped name.
 *
 * @param directory absolute; relative paths start here
 * @param place where the reference stands, for the message when there is no such mapping
 * @example mappingReference("events", "/project", place) // { kind: "shipped", name: "events", place }
 */
export function mappingReference(text: string, directory: string, place: Place): MappingReference {
  return /[/\\]|\.ya?ml$/i.test(text)
    ? { kind: "file", path: path.resolve(directory, text), place }
    : { kind: "shipped", name: text, place };
}
