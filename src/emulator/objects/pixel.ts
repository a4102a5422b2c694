import { ownValue, type JsonObject } from "../../core/json.js";
import { shownFields } from "./shown-fields.js";

/** The pixel as Meta shows it: its id and the fields asked for, as far as they have a value. */
export function describePixel(id: string, fields: readonly string[]): JsonObject {
  const known: JsonObject = { id, name: `Pixel ${id}`, is_unavailable: false };
  return shownFields(fields, (field) => ownValue(known, field));
}
