import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isJsonArray, isJsonObject, ownValue, type Json, type JsonObject } from "../../src/core/json.js";
import { accepts, mappingSchema } from "./project-schema.js";

const MAPPINGS = join(import.meta.dirname, "../../mappings");

const events = (event: string, sections = "") =>
  `{mapping: 1, surface: events, ${sections} event: ${event}}`;
const audiences = (columns: string, sections = "") =>
  `{mapping: 1, surface: custom_audiences, ${sections} schema: ${columns}}`;

describe("the mapping schema accepts", () => {
  it.each(readdirSync(MAPPINGS).filter((name) => name.endsWith(".yaml")))("%s", (name) => {
    expect(accepts(readFileSync(join(MAPPINGS, name), "utf8"))).toBe(true);
  });

  it.each([
    ["a path", events("{event_name: payload.name}")],
    ["a bare root", events("{custom_data: payload}")],
    ["parts with digits, dashes, dollars and indexes", events("{event_id: payload.a-1.$b.0._c}")],
    ["a list of paths", events("{event_name: [event_name, payload.name]}")],
    ["a constant", events("{event_name: {value: Purchase}}")],
    ["a constant list", events("{data_processing_options: {value: [LDU]}}")],
    ["an empty constant list", events("{data_processing_options: {value: []}}")],
    ["every step", events("{event_id: {from: key.id, map: {a: b}, default: x, normalize: [trim, digits], country: payload.c, as: string}}")],
    ["a hashed field with hash", events("{user_data: {em: {identifier: [email], hash: sha256}}}")],
    ["a hashed constant", audiences("{COUNTRY: {value: us, hash: sha256}}")],
    ["an optionally hashed field, plain", audiences("{EXTERN_ID: key.id}")],
    ["an optionally hashed field, hashed", audiences("{EXTERN_ID: {from: key.id, hash: sha256}}")],
    ["a hashed custom property", events("{custom_data: {tier: {from: payload.t, hash: sha256}}}")],
    ["as at a custom property", events("{custom_data: {day: {from: payload.d, as: date}}}")],
    ["as that repeats the field's type", events("{event_time: {from: occurred_at, as: unix_seconds}}")],
    ["as that repeats the type of a list's items", events("{custom_data: {content_ids: {from: payload.ids, as: string}}}")],
    ["each with a form", events("{custom_data: {content_ids: {each: payload.items, item: item.sku}}}")],
    ["each with a map of fields", events('{custom_data: {contents: {each: payload.items, item: {id: item.sku, note: item.n, "*": {from: item, except: [sku]}}}}}')],
    ["each within each at a custom property", events("{custom_data: {lines: {each: payload.l, item: {each: item.parts, item: item.x}}}}")],
    ["a field of the spec that is called like a source", events("{custom_data: {value: payload.total}}")],
    ["named positions", events("{app_data: {extinfo: {version: {from: payload.os, map: {ios: i2}}, os_version: payload.v}}}")],
    ["a path to named positions", events("{app_data: {extinfo: payload.extinfo}}")],
    ["an object of an open object", events("{custom_data: {store_data: {store_code: payload.s, own: payload.o}}}")],
    ["an object without fields", events("{user_data: {}}")],
    ["a rest in each form", events('{user_data: {"*": payload}, app_data: {"*": [payload.a, payload]}, "*": {from: payload}}')],
    ["columns with a rest", audiences('{EMAIL: {identifier: email, hash: sha256}, "*": payload}')],
    ["request with constants and configuration", events("{event_id: identity}", "request: {test_event_code: config.test_event_code, trace: {value: 1}},")],
    ["request with steps on configuration", audiences("{MADID: payload.m}", "request: {data_source: {type: {from: config.pixel_id, map: {a: b}}}},")],
    ["require and only_if", events("{event_id: identity}", "require: {any_of: [event_id], all_of: [event_id]}, only_if: {from: payload.ok, as: boolean},")],
    ["rows", audiences("{MADID: payload.m}", "rows: combined,")],
    ["examples", events("{event_id: identity}", "examples: [{given: {}, config: {}, expect: {}}, {given: {}, reject: missing}],")],
  ])("%s", (_, mapping) => {
    expect(accepts(mapping)).toBe(true);
  });
});

describe("the mapping schema refuses", () => {
  it.each([
    ["an empty file", "{}"],
    ["another version", "{mapping: 2, surface: events, event: {event_id: identity}}"],
    ["an unknown surface", "{mapping: 1, surface: pixels, event: {event_id: identity}}"],
    ["a missing section", "{mapping: 1, surface: events}"],
    ["an empty section", events("{}")],
    ["the section of the other surface", "{mapping: 1, surface: events, schema: {MADID: key.m}}"],
    ["rows for events", events("{event_id: identity}", "rows: combined,")],
    ["an unknown key", events("{event_id: identity}", "evnt: {},")],
    ["a description that is no text", events("{event_id: identity}", "description: 1,")],
    ["text that is no path", events("{action_source: website}")],
    ["an unknown root", events("{event_id: record.id}")],
    ["a part below a single value", events("{event_id: identity.x}")],
    ["an empty part", events("{event_id: payload..x}")],
    ["__proto__ in a path", events("{event_id: payload.__proto__.x}")],
    ["configuration that mappings cannot read", events("{event_id: config.event_routes}")],
    ["bare configuration", events("{custom_data: config}")],
    ["item outside each", events("{event_id: item.id}")],
    ["item in the path of an outer each", events("{custom_data: {content_ids: {each: item.x, item: item.y}}}")],
    ["an empty list of paths", events("{event_id: []}")],
    ["a list with something else than paths", events("{event_id: [payload.a, {value: 1}]}")],
    ["an empty field", events("{event_id: null}")],
    ["a bare number", events("{event_id: 12}")],
    ["an empty constant", events("{event_id: {value: null}}")],
    ["a constant list with something empty", events("{custom_data: {x: {value: [null]}}}")],
    ["a constant map", events("{custom_data: {x: {value: {a: 1}}}}")],
    ["two sources", events("{event_id: {from: key.a, value: b}}")],
    ["no source", events("{event_id: {default: b}}")],
    ["an unknown step", events("{event_id: {from: key.a, upper: true}}")],
    ["map beside a constant", events("{event_id: {value: a, map: {a: b}}}")],
    ["default beside a constant", events("{event_id: {value: a, default: b}}")],
    ["an empty map step", events("{event_id: {from: key.a, map: {}}}")],
    ["an unknown normaliser", events("{event_id: {from: key.a, normalize: rot13}}")],
    ["an empty list of normalisers", events("{event_id: {from: key.a, normalize: []}}")],
    ["country without normalize", events("{event_id: {from: key.a, country: payload.c}}")],
    ["another hash", events("{user_data: {em: {identifier: email, hash: md5}}}")],
    ["a hashed field without hash", events("{user_data: {em: {identifier: email}}}")],
    ["a hashed field from a bare path", events("{user_data: {em: payload.email}}")],
    ["a hashed field from a list of paths", events("{user_data: {em: [payload.email]}}")],
    ["an element of a hashed list without hash", events("{user_data: {em: {each: payload.e, item: item.x}}}")],
    ["hash at a plain field", events("{user_data: {fbc: {from: payload.fbc, hash: sha256}}}")],
    ["hash at a plain field of several types", events("{custom_data: {status: {from: payload.s, hash: sha256}}}")],
    ["as that changes the field's type", events("{event_time: {from: occurred_at, as: string}}")],
    ["as at a list of objects", events("{custom_data: {contents: {from: payload.x, as: string}}}")],
    ["an unknown type", events("{custom_data: {x: {from: payload.x, as: text}}}")],
    ["each at a single value", events("{event_id: {each: payload.l, item: item.x}}")],
    ["each without item", events("{custom_data: {content_ids: {each: payload.l}}}")],
    ["item without each", events("{custom_data: {content_ids: {from: payload.l, item: item.x}}}")],
    ["each with a step", events("{custom_data: {content_ids: {each: payload.l, item: item.x, default: a}}}")],
    ["each with a list of paths", events("{custom_data: {content_ids: {each: [payload.l], item: item.x}}}")],
    ["a map of fields at a custom property", events("{custom_data: {x: {a: payload.a}}}")],
    ["a blank identifier type", events('{event_id: {identifier: " "}}')],
    ["an empty list of identifier types", events("{event_id: {identifier: []}}")],
    ["an unknown field of a closed object", events("{user_data: {email: payload.e}}")],
    ["an unknown column", audiences("{EMAILS: payload.e}")],
    ["an unknown position", events("{app_data: {extinfo: {os: payload.os}}}")],
    ["a rest without from", events('{user_data: {"*": {except: [fbc]}}}')],
    ["a rest with an empty except", events('{user_data: {"*": {from: payload, except: []}}}')],
    ["a rest with another key", events('{user_data: {"*": {from: payload, only: [a]}}}')],
    ["a rest in request", events("{event_id: identity}", 'request: {"*": config.pixel_id},')],
    ["a record's path in request", events("{event_id: identity}", "request: {test_event_code: payload.t},")],
    ["an identifier in request", events("{event_id: identity}", "request: {test_event_code: {identifier: x}},")],
    ["each in request", audiences("{MADID: key.m}", "request: {app_ids: {each: payload.a, item: item.x}},")],
    ["the entries in request", audiences("{MADID: key.m}", "request: {data: {value: []}},")],
    ["an empty require", events("{event_id: identity}", "require: {},")],
    ["an empty list in require", events("{event_id: identity}", "require: {any_of: []},")],
    ["another key in require", events("{event_id: identity}", "require: {one_of: [event_id]},")],
    ["only_if that is no form", events("{event_id: identity}", "only_if: true,")],
    ["other rows", audiences("{MADID: key.m}", "rows: joined,")],
    ["an example without given", events("{event_id: identity}", "examples: [{expect: {}}],")],
    ["an example with expect and reject", events("{event_id: identity}", "examples: [{given: {}, expect: {}, reject: missing}],")],
    ["an example with neither", events("{event_id: identity}", "examples: [{given: {}}],")],
    ["an event example that expects rows", events("{event_id: identity}", "examples: [{given: {}, expect: []}],")],
    ["an unknown rejection", events("{event_id: identity}", "examples: [{given: {}, reject: nope}],")],
  ])("%s", (_, mapping) => {
    expect(accepts(mapping)).toBe(false);
  });
});

describe("for editors, the mapping schema", () => {
  const nodes = schemaNodes(mappingSchema(), "#");

  it("has a description and an error message in every node", () => {
    const silent = nodes.filter(
      ({ node }) =>
        typeof ownValue(node, "description") !== "string" ||
        typeof ownValue(node, "errorMessage") !== "string",
    );
    expect(silent.map(({ place }) => place).filter((place) => !isBareReference(place))).toEqual([]);
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

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = ownValue(object, name);
  return isJsonObject(value) ? value : {};
}
