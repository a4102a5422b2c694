import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../src/core/json.js";
import type { Sources } from "./sources.js";

/** Keywords of OpenAPI that JSON Schema does not know. */
const OPENAPI_ONLY = new Set(["externalDocs", "discriminator", "example", "xml"]);

/** Keywords whose members are schemas by a free name, which may well look like a keyword. */
const NAMED_SCHEMAS = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** `src/generated/schemas.ts`: the spec's schemas in JSON Schema 2020-12. */
export function schemasFile({ graph }: Sources): string {
  const schemas = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "graph",
    $defs: eachMember(graph.at("components").at("schemas").object()),
  };
  return `
/** The schemas of the spec, each at \`#/$defs/<its name>\`. */
export const GRAPH_SCHEMAS = ${JSON.stringify(schemas)};
`;
}

function jsonSchema(schema: Json): Json {
  if (isJsonArray(schema)) return schema.map(jsonSchema);
  if (!isJsonObject(schema)) return schema;
  const keywords = Object.entries(schema).filter(
    ([keyword]) => !keyword.startsWith("x-") && !OPENAPI_ONLY.has(keyword),
  );
  return Object.fromEntries(keywords.map(([keyword, value]) => [keyword, rewrite(keyword, value)]));
}

function rewrite(keyword: string, value: Json): Json {
  if (keyword === "$ref" && typeof value === "string")
    return value.replace("#/components/schemas/", "#/$defs/");
  if (VALUES.has(keyword)) return value;
  return NAMED_SCHEMAS.has(keyword) && isJsonObject(value) ? eachMember(value) : jsonSchema(value);
}

/** Keywords whose value is data and no schema. */
const VALUES = new Set(["enum", "const", "default", "examples", "required"]);

function eachMember(schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]),
  );
}
