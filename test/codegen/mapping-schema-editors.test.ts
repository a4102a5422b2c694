import { describe, expect, it } from "vitest";
import {
  isJsonArray,
  isJsonObject,
  ownValue,
  type Json,
  type JsonObject,
} from "../../src/core/json.js";
import { mappingSchema } from "./project-schema.js";

describe("for editors, the mapping schema", () => {
  const definitions = objectAt(mappingSchema(), "definitions");
  const nodes = schemaNodes(mappingSchema(), "#");

  it("says in every node what to write where it is wrong", () => {
    const silent = nodes.filter(({ node }) => typeof ownValue(node, "errorMessage") !== "string");
    expect(silent.map(({ place }) => place).filter((place) => !isBareReference(place))).toEqual([]);
  });

  it("describes everything that a person can hover over: what a key or an element holds", () => {
    const hovered = nodes.filter(({ place }) =>
      /^#.*(?<!\/normalize\/anyOf\/1)\/(?:properties\/[^/]+|items)$/.test(place),
    );
    const described = hovered.filter(({ node }) => typeof descriptionOf(node) === "string");
    expect(hovered.length).toBeGreaterThan(500);
    expect(described.length).toBe(hovered.length);
  });

  it("links Meta's page at every field of an event", () => {
    const fields = nodes.filter(({ place }) =>
      /^#\/definitions\/events_mapping\/properties\/event\/properties\/[a-z_]+$/.test(place),
    );
    const linked = fields.filter(({ node }) =>
      textAt(node, "markdownDescription").includes("](https://developers.facebook.com/"),
    );
    expect(fields.length).toBeGreaterThan(10);
    expect(linked).toEqual(fields);
  });

  it("has alternatives in `normalize` only", () => {
    const withAlternatives = nodes.filter(
      ({ node }) => Object.hasOwn(node, "anyOf") || Object.hasOwn(node, "oneOf"),
    );
    expect(withAlternatives.map(({ place }) => place)).toEqual(["#/definitions/normalize"]);
  });

  it("names its definitions so that a person can read them", () => {
    const names = Object.keys(objectAt(mappingSchema(), "definitions"));
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["hashed_text_list", "custom_data", "path"]));
  });

  it("suggests Meta's words where a constant is written", () => {
    const constant = objectAt(objectAt(mappingSchema(), "definitions"), "action_source_constant");
    expect(ownValue(constant, "examples")).toContain("physical_store");
  });

  it("refers only to definitions that exist", () => {
    const names = Object.keys(objectAt(mappingSchema(), "definitions"));
    const refs = nodes.flatMap(({ node }) => ownValue(node, "$ref") ?? []);
    expect(new Set(refs)).toEqual(new Set(names.map((name) => `#/definitions/${name}`)));
  });

  function descriptionOf(node: JsonObject): Json | undefined {
    const target = objectAt(definitions, textAt(node, "$ref").replace("#/definitions/", ""));
    return ownValue(node, "description") ?? ownValue(target, "description");
  }

  function isBareReference(place: string): boolean {
    const node = nodes.find((one) => one.place === place)?.node ?? {};
    return Object.keys(node).join() === "$ref";
  }
});

interface SchemaPlace {
  readonly place: string;
  readonly node: JsonObject;
}

const SINGLE = ["then", "else", "additionalProperties", "items", "propertyNames"];
const NAMED = ["properties", "definitions"];

/** Every schema in a schema, conditions left out: no editor shows them. */
function schemaNodes(schema: Json, place: string): readonly SchemaPlace[] {
  if (!isJsonObject(schema)) return [];
  const below = Object.entries(schema).flatMap(([keyword, value]) => {
    const at = `${place}/${keyword}`;
    if (SINGLE.includes(keyword)) return schemaNodes(value, at);
    if (keyword === "anyOf" && isJsonArray(value))
      return value.flatMap((one, index) => schemaNodes(one, `${at}/${index}`));
    return NAMED.includes(keyword) && isJsonObject(value)
      ? Object.entries(value).flatMap(([name, one]) => schemaNodes(one, `${at}/${name}`))
      : [];
  });
  return [{ place, node: schema }, ...below];
}

function textAt(object: JsonObject, name: string): string {
  const value = ownValue(object, name);
  return typeof value === "string" ? value : "";
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = ownValue(object, name);
  return isJsonObject(value) ? value : {};
}
