import type { Field } from "../fields/field.js";

/** Which named schema of the spec a field came from. */
export type Components = ReadonlyMap<Field, string>;

const KINDS = {
  string: "text",
  integer: "whole_number",
  number: "number",
  boolean: "truth_value",
  unix_seconds: "time",
} as const;

const HASHED = { required: "hashed_", optional: "hashable_", never: "" } as const;

/** A readable name for what a field takes; fields of the same name take the same. */
export function fieldName(field: Field, components: Components): string {
  switch (field.kind) {
    case "any":
      return field.hash === "never" ? "any_value" : "custom_property";
    case "array":
      return `${fieldName(field.items, components)}_list`;
    case "tuple":
    case "object":
      return componentName(field, components);
    default:
      return field.enum === undefined
        ? `${HASHED[field.hash]}${KINDS[field.kind]}`
        : componentName(field, components);
  }
}

/** `CustomData` as `custom_data`; what has no name of its own is named by its description. */
function componentName(field: Field, components: Components): string {
  const name = components.get(field) ?? field.description;
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
}
