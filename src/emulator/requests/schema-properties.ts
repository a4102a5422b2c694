import { isJsonObject, ownValue, type Json } from "../../core/json.js";

/** The names of the properties of a component of the spec, none for one that there is not. */
export function schemaPropertyNames(schemas: Json, component: string): readonly string[] {
  const properties = ["$defs", component, "properties"].reduce<Json | undefined>(
    (node, name) => (isJsonObject(node) ? ownValue(node, name) : undefined),
    schemas,
  );
  return isJsonObject(properties) ? Object.keys(properties) : [];
}
