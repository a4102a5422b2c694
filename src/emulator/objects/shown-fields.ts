import type { Json, JsonObject } from "../../core/json.js";

/** The fields asked for, as far as they have a value, and the id in any case. */
export function shownFields(
  fields: readonly string[],
  valueOf: (field: string) => Json | undefined,
): JsonObject {
  const shown: [string, Json][] = [];
  for (const field of new Set([...fields, "id"])) {
    const value = valueOf(field);
    if (value !== undefined) shown.push([field, value]);
  }
  return Object.fromEntries(shown);
}
