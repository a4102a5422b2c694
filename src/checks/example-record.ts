import type { JsonObject } from "../core/json.js";
import type { Surface } from "../core/outcome.js";

/** What names a record; without any of these an example's record gets a made-up identity. */
const NAMING = [
  "record_identity",
  "event_identity",
  "key",
  "state_key",
  "event_key",
  "key_json",
] as const;

/**
 * The whole record of an example: an identity, operation or target that it lacks is made up for it.
 *
 * @param position of the example in its mapping, from 1
 */
export function exampleRecord(surface: Surface, given: JsonObject, position: number): JsonObject {
  const named = NAMING.some((name) => Object.hasOwn(given, name));
  return {
    ...(named ? {} : { record_identity: `example-${String(position)}` }),
    ...(surface === "custom_audiences" ? { operation: "upsert", target: "example" } : {}),
    ...given,
  };
}
