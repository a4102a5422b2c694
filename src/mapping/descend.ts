import { isJsonArray, isJsonObject, ownValue, parseJson, type Json } from "../core/json.js";

/**
 * Follows the parts of a path into a value: own properties of objects, indexes of lists. JSON text
 * on the way is what it holds, since a column of a CSV file can hold an object in no other way.
 */
export function descend(value: Json | undefined, parts: readonly string[]): Json | undefined {
  let current = value;
  for (const part of parts) {
    const inner = containerOf(current);
    if (isJsonObject(inner)) current = ownValue(inner, part);
    else if (isJsonArray(inner) && INDEX.test(part)) current = inner[Number(part)];
    else return undefined;
  }
  return current;
}

const INDEX = /^\d+$/;
/** Text that may be a list or an object in JSON. */
export const CONTAINER_TEXT = /^\s*[[{]/;

/** The object or list that JSON text holds; every other value as it is. */
export function containerOf(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !CONTAINER_TEXT.test(value)) return value;
  const parsed = parseJson(value);
  return parsed.ok ? parsed.value : value;
}
