import { ownValue, type JsonObject } from "../core/json.js";
import { readText } from "./read-value.js";

/** An audience of a listing, as far as finding one by name needs it. */
export interface ListedAudience {
  readonly id: string;
  readonly name: string | undefined;
  readonly subtype: string | undefined;
}

/** An id that is safe to print and to put into a path. */
export function readId(object: JsonObject): string | undefined {
  const id = ownValue(object, "id");
  const text = typeof id === "number" ? String(id) : id;
  return typeof text === "string" && /^[A-Za-z0-9_-]{1,32}$/.test(text) ? text : undefined;
}

/** Reads an entry of a listing; nothing when it has no id. */
export function readListed(entry: JsonObject): ListedAudience | undefined {
  const id = readId(entry);
  const name = ownValue(entry, "name");
  if (id === undefined) return undefined;
  return {
    id,
    name: typeof name === "string" ? name : undefined,
    subtype: readText(entry, "subtype"),
  };
}
