import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import type { Json } from "../../src/core/json.js";
import { columnsOf, eventMapping, eventOf, faultOf, render } from "./render.js";

describe("map", () => {
  const mapping = `
    event_name: {from: payload.stage, map: {Won: Converted, "1": First, "true": Yes}}
  `;

  it("compares trimmed text exactly", () => {
    const stage = (value: Json) => eventOf(mapping, { payload: { stage: value } });
    expect(stage(" Won ")).toEqual({ event_name: "Converted" });
    expect(stage("won")).toEqual({});
    expect(stage(1)).toEqual({ event_name: "First" });
    expect(stage(true)).toEqual({ event_name: "Yes" });
    expect(stage([1])).toEqual({});
  });

  it("knows only what it lists, not what every object has", () => {
    const lookUp = "event_name: {from: payload.stage, map: {a: b}}";
    for (const stage of ["constructor", "__proto__", "toString", "hasOwnProperty"])
      expect(eventOf(lookUp, { payload: { stage } })).toEqual({});
  });

  it("works on each value of a list field, and can give several", () => {
    const lists = `
      data_processing_options: {from: payload.flags, map: {ccpa: [LDU]}}
      custom_data: {content_ids: {from: payload.ids, map: {a: x, b: [y, z]}}}
    `;
    expect(eventOf(lists, { payload: { flags: "ccpa", ids: ["b", "c", "a"] } })).toEqual({
      data_processing_options: ["LDU"],
      custom_data: { content_ids: ["y", "z", "x"] },
    });
  });

  it("works on each value of an identifier", () => {
    const identifiers = [
      { type: "tier", value: "gold" },
      { type: "tier", value: "lead" },
      { type: "tier", value: "silver" },
    ];
    const schema = "EXTERN_ID: {identifier: tier, map: {gold: g, silver: s}}";
    expect(columnsOf(schema, { identifiers })).toEqual({ EXTERN_ID: ["g", "s"] });
  });
});

describe("default", () => {
  it("stands in for a blank value", () => {
    const mapping = "custom_data: {currency: {from: payload.currency, default: EUR}}";
    expect(eventOf(mapping, { payload: { currency: " " } })).toEqual({
      custom_data: { currency: "EUR" },
    });
    expect(eventOf(mapping, { payload: { currency: "USD" } })).toEqual({
      custom_data: { currency: "USD" },
    });
  });

  it("stands in for an unmatched value", () => {
    const mapping = "event_name: {from: payload.stage, map: {Won: Converted}, default: Lead}";
    expect(eventOf(mapping, { payload: { stage: "Lost" } })).toEqual({ event_name: "Lead" });
  });

  it("stands in for identifiers of which none matches or exists", () => {
    const schema =
      "COUNTRY: {identifier: country, map: {Deutschland: de}, default: us, hash: sha256}";
    const germany = { identifiers: [{ type: "country", value: "Deutschland" }] };
    const france = { identifiers: [{ type: "country", value: "France" }] };
    expect(columnsOf(schema, germany)).toEqual({ COUNTRY: [sha256("de")] });
    expect(columnsOf(schema, france)).toEqual({ COUNTRY: [sha256("us")] });
    expect(columnsOf(schema)).toEqual({ COUNTRY: [sha256("us")] });
  });

  it("is normalised and hashed like any other value", () => {
    const mapping = `
      user_data: {country: {from: payload.country, default: US, normalize: lowercase, hash: sha256}}
    `;
    expect(eventOf(mapping)).toEqual({ user_data: { country: [sha256("us")] } });
  });

  it("does not replace what a normaliser drops", () => {
    const mapping = eventMapping(
      'custom_data: {code: {from: payload.code, default: "1", normalize: digits}}',
    );
    const { result, dropped } = render(mapping, { payload: { code: "none" } });
    expect(result).toBeUndefined();
    expect(dropped).toEqual({ "custom_data.code": { nothing_left: 1 } });
  });

  it("can be a list", () => {
    const mapping = "custom_data: {content_ids: {from: payload.ids, default: [a, b]}}";
    expect(eventOf(mapping)).toEqual({ custom_data: { content_ids: ["a", "b"] } });
  });
});

describe("normalize", () => {
  it("runs a list of normalisers in its order", () => {
    const mapping =
      "custom_data: {code: {from: payload.code, normalize: [alphanumeric, uppercase]}}";
    expect(eventOf(mapping, { payload: { code: " a-1 b " } })).toEqual({
      custom_data: { code: "A1B" },
    });
  });

  it("works on each value of a list field", () => {
    const mapping = "custom_data: {content_ids: {from: payload.ids, normalize: lowercase}}";
    expect(eventOf(mapping, { payload: { ids: ["A", " ", "A", 7] } })).toEqual({
      custom_data: { content_ids: ["a", "a", "7"] },
    });
    expect(eventOf(mapping, { payload: { ids: '["A","B"]' } })).toEqual({
      custom_data: { content_ids: ["a", "b"] },
    });
    expect(eventOf(mapping, { payload: { ids: [null] } })).toEqual({});
  });

  it("comes before the type that `as` gives a custom property", () => {
    const mapping = "custom_data: {seats: {from: payload.seats, normalize: digits, as: integer}}";
    expect(eventOf(mapping, { payload: { seats: "12 seats" } })).toEqual({
      custom_data: { seats: 12 },
    });
  });

  it("counts an identifier that it cannot use, and drops it", () => {
    const mapping = eventMapping(
      "user_data: {ph: {identifier: phone, normalize: digits, hash: sha256}}",
    );
    const identifiers = ["unknown", "1 55", "-"].map((value) => ({ type: "phone", value }));
    const { result, dropped } = render(mapping, { identifiers });
    expect(result).toEqual({ user_data: { ph: [sha256("155")] } });
    expect(dropped).toEqual({ "user_data.ph": { nothing_left: 2 } });
  });

  it("rejects a record whose value is no text", () => {
    const mapping = "custom_data: {code: {from: payload.code, normalize: digits}}";
    expect(faultOf(mapping, { payload: { code: ["a"] } })).toEqual({
      code: "invalid_value",
      field: "custom_data.code",
      message: "`custom_data.code` is not text.",
    });
  });

  it("takes a country beside it, from any form", () => {
    const mapping = `
      user_data:
        ph:
          identifier: phone
          normalize: meta_phone
          country: {identifier: country, default: US, normalize: uppercase}
          hash: sha256
    `;
    const identifiers = [
      { type: "phone", value: "555-0100" },
      { type: "country", value: "de" },
    ];
    expect(eventOf(mapping, { identifiers })).toEqual({ user_data: { ph: [sha256("495550100")] } });
    const noCountry = mapping.replace(", default: US", "");
    expect(eventOf(noCountry, { identifiers: identifiers.slice(0, 1) })).toEqual({
      user_data: { ph: [sha256("5550100")] },
    });
  });
});

describe("as", () => {
  const as = (type: string) => `custom_data: {x: {from: payload.x, as: ${type}}}`;
  const result = (type: string, x: string | number | boolean) =>
    eventOf(as(type), { payload: { x } });

  it("gives a custom property its type", () => {
    expect(result("string", 12.5)).toEqual({ custom_data: { x: "12.5" } });
    expect(result("integer", "12")).toEqual({ custom_data: { x: 12 } });
    expect(result("number", "12.5")).toEqual({ custom_data: { x: 12.5 } });
    expect(result("boolean", "TRUE")).toEqual({ custom_data: { x: true } });
    expect(result("unix_seconds", "2026-04-30T14:00:00+02:00")).toEqual({
      custom_data: { x: 1777550400 },
    });
  });

  it("makes a date in UTC", () => {
    expect(result("date", "2026-04-30T23:30:00-02:00")).toEqual({
      custom_data: { x: "2026-05-01" },
    });
    expect(result("date", 1777550400)).toEqual({ custom_data: { x: "2026-04-30" } });
    expect(result("date", " 2026-04-30 ")).toEqual({ custom_data: { x: "2026-04-30" } });
  });

  it("rejects a record whose value is not of the type", () => {
    expect(faultOf(as("integer"), { payload: { x: "1.5" } })?.message).toBe(
      "`custom_data.x` is not a whole number.",
    );
    expect(faultOf(as("date"), { payload: { x: "2026-02-30" } })).toEqual({
      code: "invalid_time",
      field: "custom_data.x",
      message: "`custom_data.x` is not a time.",
    });
  });

  it("may repeat the type of a field of the spec", () => {
    const mapping = `
      event_time: {from: occurred_at, as: unix_seconds}
      custom_data: {content_ids: {from: payload.ids, as: string}}
    `;
    expect(
      eventOf(mapping, { occurred_at: "2026-04-30T12:00:00Z", payload: { ids: [1] } }),
    ).toEqual({ event_time: 1777550400, custom_data: { content_ids: ["1"] } });
  });
});

describe("the order of the steps", () => {
  it("is map, default, normalize, hash", () => {
    const mapping = `
      user_data:
        ct: {from: payload.city, map: {MUC: " München "}, default: Unknown, normalize: lowercase, hash: sha256}
    `;
    expect(eventOf(mapping, { payload: { city: " MUC " } })).toEqual({
      user_data: { ct: [sha256("münchen")] },
    });
    expect(eventOf(mapping, { payload: { city: "X" } })).toEqual({
      user_data: { ct: [sha256("unknown")] },
    });
  });
});
