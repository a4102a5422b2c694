import {
  isJsonArray,
  isJsonObject,
  ownValue,
  type Json,
  type JsonObject,
} from "../src/core/json.js";

/**
 * Sentences about fields that are new in an object of the mapping schema. A rest `"*"` of a mapping
 * brings such a field from now on, so that data moves there from `custom_data` without an edit of
 * the mapping; what Meta takes hashed never comes from a rest.
 */
export function movedFields(before: Json, after: Json): readonly string[] {
  const old = restFields(before);
  return [...restFields(after)].flatMap(([place, names]) => {
    const known = old.get(place);
    if (known === undefined) return [];
    return [...names]
      .filter((name) => !known.has(name))
      .map((name) => `${place}: a rest "*" now brings \`${name}\``);
  });
}

/** By place in the schema: the fields that the rest of a closed object brings. */
function restFields(schema: Json): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  collect(schema, "", found);
  return found;
}

function collect(schema: Json, name: string, found: Map<string, ReadonlySet<string>>): void {
  if (isJsonArray(schema)) for (const item of schema) collect(item, name, found);
  if (!isJsonObject(schema)) return;
  const properties = ownValue(schema, "properties");
  if (isJsonObject(properties) && isClosedWithRest(schema, properties))
    found.set(name, new Set(Object.keys(properties).filter((key) => isPlain(properties, key))));
  for (const [key, value] of Object.entries(schema))
    collect(value, KEYWORDS.has(key) ? name : key, found);
}

/** Keywords on the way to an object that do not name it. */
const KEYWORDS = new Set(["if", "then", "else", "properties", "definitions"]);

function isClosedWithRest(schema: JsonObject, properties: JsonObject): boolean {
  return ownValue(schema, "additionalProperties") === false && Object.hasOwn(properties, "*");
}

function isPlain(properties: JsonObject, name: string): boolean {
  const field = ownValue(properties, name);
  const ref = isJsonObject(field) ? ownValue(field, "$ref") : undefined;
  return name !== "*" && typeof ref === "string" && !/\/hash(?:ed|able)_/.test(ref);
}
