import { parseJson, type Json, type JsonObject } from "../../core/json.js";
import { graphValidator } from "../../core/ajv.js";
import { OPERATIONS } from "../../generated/constants.js";
import { GRAPH_SCHEMAS } from "../../generated/schemas.js";
import { schemaPropertyNames } from "./schema-properties.js";
import type { ServedOperation } from "./operation.js";
import type { Body } from "./parameters.js";
import { inSpecForm } from "./spec-form.js";

/**
 * The body of a request in the form that the spec has for it: one JSON object, whatever the
 * encoding, with the parameters that stood in the query instead.
 */
export function bodyOf(operation: ServedOperation, body: Body, query: URLSearchParams): JsonObject {
  const schema = OPERATIONS[operation].request;
  if (schema === null) return {};
  const given = new Map<string, Json>();
  for (const name of schemaPropertyNames(GRAPH_SCHEMAS, schema)) {
    const text = query.get(name);
    if (text !== null) given.set(name, fromText(schema, name, text));
  }
  for (const [name, value] of body.parameters)
    given.set(
      name,
      body.encoding === "form" && typeof value === "string" ? fromText(schema, name, value) : value,
    );
  return inSpecForm(schema, Object.fromEntries(given));
}

/** A text stays one where the spec has a text; all else is written as JSON in forms and queries. */
function fromText(schema: string, name: string, text: string): Json {
  if (!schemaPropertyNames(GRAPH_SCHEMAS, schema).includes(name)) return text;
  if (graphValidator(`${schema}/properties/${name}`)(text).length === 0) return text;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}
