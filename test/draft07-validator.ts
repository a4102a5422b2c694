/** A second opinion about a draft-07 schema such as the mapping schema: what an editor would say. */
import { Ajv, type ErrorObject } from "ajv";
import type { JsonObject } from "../src/core/json.js";

/** Gives what the schema says against a value, an empty list when that is nothing. */
export function draft07Validator(schema: JsonObject): (value: unknown) => readonly ErrorObject[] {
  const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}
