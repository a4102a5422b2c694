import { readFileSync } from "node:fs";
import { join } from "node:path";
import { draft07Validator } from "../draft07-validator.js";
import { isJsonObject, parseJson, type JsonObject } from "../../src/core/json.js";
import { nodeValue, readYaml } from "../../src/core/yaml.js";

const ROOT = join(import.meta.dirname, "../..");

/** The mapping schema as it is committed. */
export function mappingSchema(): JsonObject {
  const schema = parseJson(readFileSync(join(ROOT, "mappings/mapping.schema.json"), "utf8"));
  if (!schema.ok || !isJsonObject(schema.value)) throw new TypeError("the schema is no object");
  return schema.value;
}

const validate = draft07Validator(mappingSchema());

/** Whether the schema accepts a mapping, given as YAML. */
export function accepts(mapping: string): boolean {
  const { root } = readYaml(mapping, "mapping.yaml");
  if (root === undefined) throw new TypeError("the test's mapping is no YAML");
  return validate(nodeValue(root)).length === 0;
}

/** A mapping for events, as YAML; `sections` stand before the event. */
export const events = (event: string, sections = "") =>
  `{mapping: 1, surface: events, ${sections} event: ${event}}`;

/** A mapping for audiences, as YAML. */
export const audiences = (columns: string, sections = "") =>
  `{mapping: 1, surface: custom_audiences, ${sections} schema: ${columns}}`;
