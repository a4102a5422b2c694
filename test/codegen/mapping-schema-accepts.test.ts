import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accepts, audiences, events } from "./project-schema.js";

const MAPPINGS = join(import.meta.dirname, "../../mappings");

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
    [
      "every step",
      events(
        "{event_id: {from: key.id, map: {a: b}, default: x, normalize: [trim, digits], country: payload.c, as: string}}",
      ),
    ],
    ["a hashed field with hash", events("{user_data: {em: {identifier: [email], hash: sha256}}}")],
    ["a hashed constant", audiences("{COUNTRY: {value: us, hash: sha256}}")],
    ["an optionally hashed field, plain", audiences("{EXTERN_ID: key.id}")],
    ["an optionally hashed field, hashed", audiences("{EXTERN_ID: {from: key.id, hash: sha256}}")],
    ["a hashed custom property", events("{custom_data: {tier: {from: payload.t, hash: sha256}}}")],
    ["as at a custom property", events("{custom_data: {day: {from: payload.d, as: date}}}")],
    [
      "as that repeats the field's type",
      events("{event_time: {from: occurred_at, as: unix_seconds}}"),
    ],
    [
      "as that repeats the type of a list's items",
      events("{custom_data: {content_ids: {from: payload.ids, as: string}}}"),
    ],
    [
      "each with a form",
      events("{custom_data: {content_ids: {each: payload.items, item: item.sku}}}"),
    ],
    [
      "each with a map of fields",
      events(
        '{custom_data: {contents: {each: payload.items, item: {id: item.sku, note: item.n, "*": {from: item, except: [sku]}}}}}',
      ),
    ],
    [
      "each within each at a custom property",
      events("{custom_data: {lines: {each: payload.l, item: {each: item.parts, item: item.x}}}}"),
    ],
    [
      "a field of the spec that is called like a source",
      events("{custom_data: {value: payload.total}}"),
    ],
    [
      "named positions",
      events(
        "{app_data: {extinfo: {version: {from: payload.os, map: {ios: i2}}, os_version: payload.v}}}",
      ),
    ],
    ["a path to named positions", events("{app_data: {extinfo: payload.extinfo}}")],
    [
      "an object of an open object",
      events("{custom_data: {store_data: {store_code: payload.s, own: payload.o}}}"),
    ],
    ["an object without fields", events("{user_data: {}}")],
    [
      "a rest in each form",
      events(
        '{user_data: {"*": payload}, app_data: {"*": [payload.a, payload]}, "*": {from: payload}}',
      ),
    ],
    ["columns with a rest", audiences('{EMAIL: {identifier: email, hash: sha256}, "*": payload}')],
    [
      "request with constants and configuration",
      events(
        "{event_id: identity}",
        "request: {test_event_code: config.test_event_code, trace: {value: 1}},",
      ),
    ],
    [
      "request with steps on configuration",
      audiences(
        "{MADID: payload.m}",
        "request: {data_source: {type: {from: config.pixel_id, map: {a: b}}}},",
      ),
    ],
    [
      "require and only_if",
      events(
        "{event_id: identity}",
        "require: {any_of: [event_id], all_of: [event_id]}, only_if: {from: payload.ok, as: boolean},",
      ),
    ],
    ["rows", audiences("{MADID: payload.m}", "rows: combined,")],
    [
      "examples",
      events(
        "{event_id: identity}",
        "examples: [{given: {}, config: {}, expect: {}}, {given: {}, reject: missing}],",
      ),
    ],
  ])("%s", (_, mapping) => {
    expect(accepts(mapping)).toBe(true);
  });
});
