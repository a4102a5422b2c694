/**
 * An ordinary event is not held against the schema of the spec: what is written of its fields is proven
 * field by field. Each keyword that the schema of an event uses must be one that somebody proves.
 */
import { describe, expect, it } from "vitest";
import {
  isJsonArray,
  isJsonObject,
  ownValue,
  type Json,
  type JsonObject,
} from "../../src/core/json.js";
import { EVENT, type Field } from "../../src/generated/fields.js";
import { GRAPH_SCHEMAS } from "../../src/generated/schemas.js";

/** By keyword: who proves it, for which fields. Another keyword, or another field, needs code first. */
const PROVEN: Readonly<Record<string, (field: Field, at: string, value: Json) => boolean>> = {
  // Notes for people.
  description: () => true,
  title: () => true,
  // The kind of a field: src/mapping/write/write-value.ts converts to it.
  type: ({ kind }, _, value) => TYPES[kind] === value,
  format: ({ kind }, _, value) => kind === "unix_seconds" && value === "unix-seconds",
  properties: ({ kind }) => kind === "object",
  // `propertyWriter` of the same file; forms are of known fields only.
  additionalProperties: (field, _, value) => field.kind === "object" && field.open === value,
  items: ({ kind }, _, value) => kind === "array" || (kind === "tuple" && value === false),
  uniqueItems: (field, _, value) => field.kind === "array" && field.unique === value,
  // `fitter` of the same file, which takes one of them and the bounds of src/mapping/field-bounds.ts.
  enum: (field, _, value) => same("enum" in field ? field.enum : boundsOf(field).enum, value),
  pattern: (field, _, value) => field.hash === "required" || boundsOf(field).pattern === value,
  maxLength: (field, _, value) => boundsOf(field).maxLength === value,
  minimum: (field, _, value) => boundsOf(field).minimum === value,
  maximum: (field, _, value) => boundsOf(field).maximum === value,
  // A tuple is for the plain way.
  prefixItems: ({ kind }) => kind === "tuple",
  minItems: ({ kind }) => kind === "tuple",
  maxItems: ({ kind }) => kind === "tuple",
  // src/surfaces/heard-fields.ts; an object without fields is not written.
  required: (_, at) => at === "event",
  minProperties: (_, at, value) => at === "event.user_data" && value === 1,
};

const TYPES: Readonly<Record<Field["kind"], string | undefined>> = {
  any: undefined,
  array: "array",
  boolean: "boolean",
  integer: "integer",
  number: "number",
  object: "object",
  string: "string",
  tuple: "array",
  unix_seconds: "integer",
};

function boundsOf(field: Field) {
  return ("bounds" in field ? field.bounds : undefined) ?? {};
}

function same(one: unknown, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function schemaOf(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw new TypeError("a schema is needed here");
  return value;
}

/** The schema with what it refers to; what stands beside the reference wins. */
function followed(schema: JsonObject): JsonObject {
  const { $ref, ...own } = schema;
  if (typeof $ref !== "string") return own;
  const name = $ref.slice("#/$defs/".length);
  return { ...followed(schemaOf(ownValue(GRAPH_SCHEMAS.$defs, name))), ...own };
}

interface Unproven {
  readonly at: string;
  readonly keyword: string;
}

function unproven(given: JsonObject, field: Field | undefined, at: string): readonly Unproven[] {
  if (field === undefined) return [{ at, keyword: "a field that EVENT does not have" }];
  const schema = followed(given);
  const own = Object.entries(schema).flatMap(([keyword, value]) =>
    Object.hasOwn(PROVEN, keyword) && PROVEN[keyword]?.(field, at, value) === true
      ? []
      : [{ at, keyword }],
  );
  return [...own, ...inner(schema, field, at)];
}

function inner(schema: JsonObject, field: Field, at: string): readonly Unproven[] {
  const { properties, items } = schema;
  if (field.kind === "object")
    return Object.entries(schemaOf(properties)).flatMap(([name, property]) => {
      const known = Object.hasOwn(field.fields, name) ? field.fields[name] : undefined;
      return unproven(schemaOf(property), known, `${at}.${name}`);
    });
  return field.kind === "array" ? unproven(schemaOf(items), field.items, `${at}[]`) : [];
}

/** Every field below one, itself first. */
function fieldsBelow(field: Field, at: string): readonly (readonly [string, Field])[] {
  const below =
    field.kind === "object"
      ? Object.entries(field.fields).flatMap(([name, one]) => fieldsBelow(one, `${at}.${name}`))
      : field.kind === "array"
        ? fieldsBelow(field.items, `${at}[]`)
        : [];
  return [[at, field], ...below];
}

describe("what the spec says of an event", () => {
  it("is proven of what is written, keyword by keyword", () => {
    expect(unproven(GRAPH_SCHEMAS.$defs.Event, EVENT, "event")).toEqual([]);
  });

  it("is of each field at most one of a digest, some words and bounds, of which one is looked at", () => {
    const several = fieldsBelow(EVENT, "event").filter(([, field]) => {
      const hasWords = "enum" in field;
      const hasBounds = Object.keys(boundsOf(field)).length > 0;
      const isDigest = field.hash === "required";
      return [hasWords, hasBounds, isDigest].filter((is) => is).length > 1;
    });
    expect(several).toEqual([]);
  });

  it("is found wanting where a keyword comes that nobody proves", () => {
    const event = schemaOf(GRAPH_SCHEMAS.$defs.Event);
    const named = {
      ...schemaOf(event["properties"]),
      event_name: { type: "string", minLength: 2 },
    };
    const changed = { ...event, maxProperties: 9, properties: named };
    expect(unproven(changed, EVENT, "event")).toEqual([
      { at: "event", keyword: "maxProperties" },
      { at: "event.event_name", keyword: "minLength" },
    ]);
  });

  it("is of objects that are not open what their fields say, and of lists what their items say", () => {
    expect(isJsonArray(GRAPH_SCHEMAS.$defs.Event.required)).toBe(true);
    const paths = fieldsBelow(EVENT, "event").map(([at]) => at);
    expect(paths).toContain("event.custom_data.contents[].id");
    expect(paths.length).toBeGreaterThan(150);
  });
});
