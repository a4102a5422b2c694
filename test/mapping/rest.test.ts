import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { audienceMapping, columnsOf, eventMapping, eventOf, faultOf, render } from "./render.js";

describe("an object", () => {
  it("is made with its names in the order in which they are sent", () => {
    const mapping = 'custom_data: {value: payload.total, b: payload.b, "*": payload}';
    const payload = { total: 1, b: "b", z: 1, a: 2, contents: [{ quantity: 1, id: "x" }] };
    expect(JSON.stringify(eventOf(mapping, { payload }))).toBe(
      '{"custom_data":{"a":2,"b":"b","contents":[{"id":"x","quantity":1}],"value":1,"z":1}}',
    );
    const turned = "user_data: {fbp: payload.p, fbc: payload.c}";
    expect(JSON.stringify(eventOf(turned, { payload: { p: "fb.1", c: "fb.2" } }))).toBe(
      '{"user_data":{"fbc":"fb.2","fbp":"fb.1"}}',
    );
  });
});

describe("the rest of a closed object", () => {
  it("is exactly the spec's own fields, typed", () => {
    const payload = { fbc: " fb.1 ", lead_id: 17, colour: "red" };
    expect(eventOf('user_data: {"*": payload}', { payload })).toEqual({
      user_data: { fbc: "fb.1", lead_id: "17" },
    });
  });

  it("leaves out what Meta takes hashed, and what it may take hashed", () => {
    const payload = { em: "a@example.test", external_id: "x", app_user_id: "u", fbp: "fb.2" };
    expect(eventOf('user_data: {"*": payload}', { payload })).toEqual({
      user_data: { fbp: "fb.2" },
    });
  });

  it("takes for each field the first source that is not blank", () => {
    const payload = { app_data: { vendor_id: " ", install_referrer: "a" }, vendor_id: "v" };
    expect(eventOf('app_data: {"*": [payload.app_data, payload]}', { payload })).toEqual({
      app_data: { install_referrer: "a", vendor_id: "v" },
    });
  });

  it("never fills a field that is written, even when that one is blank", () => {
    const mapping = 'user_data: {fbc: payload.click, "*": payload}';
    expect(eventOf(mapping, { payload: { fbc: "fb.1", fbp: "fb.2" } })).toEqual({
      user_data: { fbp: "fb.2" },
    });
  });

  it("leaves out what `except` names", () => {
    const mapping = 'user_data: {"*": {from: payload, except: [fbc]}}';
    expect(eventOf(mapping, { payload: { fbc: "fb.1", fbp: "fb.2" } })).toEqual({
      user_data: { fbp: "fb.2" },
    });
  });

  it("reads JSON text", () => {
    const payload = { app: '{"vendor_id": "v", "extinfo": ["i2"]}' };
    expect(eventOf("app_data: payload.app", { payload })).toEqual({
      app_data: { extinfo: ["i2"], vendor_id: "v" },
    });
  });

  it("rejects a record whose value does not convert", () => {
    expect(faultOf('"*": payload', { payload: { opt_out: "perhaps" } })?.field).toBe("opt_out");
  });

  it("goes on into objects as if their paths were written", () => {
    const payload = {
      original_event_data: { event_name: "Lead", order_id: 3, note: "x" },
      user_data: { em: "a@example.test", fbp: "fb.2" },
      custom_data: { total: 1, plan: "gold" },
    };
    const mapping = eventMapping(`
      event_name: payload.custom_data.plan
      "*": payload
    `);
    const { result, unmapped } = render(mapping, { payload });
    expect(result).toEqual({
      event_name: "gold",
      original_event_data: { event_name: "Lead", order_id: "3" },
      user_data: { fbp: "fb.2" },
      custom_data: { total: 1 },
    });
    expect(unmapped).toEqual({ "payload.original_event_data.note": 1 });
  });

  it("counts the fields of a named source that the spec lacks", () => {
    const mapping = eventMapping(`
      app_data: {"*": [payload.app_data, payload], vendor_id: payload.v}
      custom_data: {screen: payload.app_data.screen}
    `);
    const payload = {
      app_data: { colour: "red", screen: "s", vendor_id: "v", size: null },
      other: 1,
    };
    const { result, unmapped } = render(mapping, { payload });
    expect(result).toEqual({ custom_data: { screen: "s" } });
    expect(unmapped).toEqual({ "payload.app_data.colour": 1 });
  });

  it("counts fields of inner objects and lists by where they are in the result", () => {
    const payload = { attribution_data: { attribution_setting: { x: 1 } } };
    expect(render(eventMapping('"*": payload'), { payload }).unmapped).toEqual({
      "payload.attribution_data.attribution_setting.x": 1,
    });
  });
});

describe("the rest of audience columns", () => {
  const schema = `
    MADID: {identifier: madid}
    "*": payload.meta
  `;

  it("brings the columns that Meta does not take hashed", () => {
    const meta = { EMAIL: "a@example.test", EXTERN_ID: "x", APPUID: 7, LOOKALIKE_VALUE: "12.5" };
    expect(columnsOf(schema, { payload: { meta } })).toEqual({
      LOOKALIKE_VALUE: [12.5],
      APPUID: ["7"],
    });
  });

  it("counts what is no column", () => {
    const mapping = audienceMapping(schema);
    const { unmapped } = render(mapping, { payload: { meta: { tier: "gold", PAGEUID: "1" } } });
    expect(unmapped).toEqual({ "payload.meta.tier": 1 });
  });

  it("takes a list for a column of lists", () => {
    const payload = { DATA_PROCESSING_OPTIONS: ["LDU"] };
    expect(columnsOf('"*": payload', { payload })).toEqual({
      DATA_PROCESSING_OPTIONS: [["LDU"]],
    });
  });
});

describe("the rest of an open object", () => {
  it("is every field that is not blank, its names sorted", () => {
    const { result } = render(eventMapping('custom_data: {"*": payload}'), {
      payload: { zoo: 1, a: null, bar: " ", Alpha: false, list: [] },
    });
    expect(JSON.stringify(result)).toBe('{"custom_data":{"Alpha":false,"list":[],"zoo":1}}');
  });

  it("types what the spec knows, and passes on the rest as it is", () => {
    const payload = { value: "12.50", num_items: "3", note: " 7 " };
    expect(eventOf('custom_data: {"*": payload}', { payload })).toEqual({
      custom_data: { note: " 7 ", num_items: 3, value: 12.5 },
    });
  });

  it("rejects a record whose value of a known field does not convert", () => {
    expect(faultOf('custom_data: {"*": payload}', { payload: { value: "dear" } })).toEqual({
      code: "invalid_value",
      field: "custom_data.value",
      message: "`custom_data.value` is not a number.",
    });
  });

  it("takes the first source that has a field", () => {
    const payload = { custom_data: { tier: "gold", x: null }, tier: "silver", x: 1 };
    expect(eventOf('custom_data: {"*": [payload.custom_data, payload]}', { payload })).toEqual({
      custom_data: { tier: "gold", x: 1 },
    });
  });

  it("reads JSON text, and counts a source that is no object", () => {
    const mapping = eventMapping('custom_data: {"*": [payload.custom_data, payload]}');
    expect(render(mapping, { payload: { custom_data: '{"a": 1}' } }).result).toEqual({
      custom_data: { a: 1 },
    });
    const { result, unmapped } = render(mapping, { payload: { custom_data: "{a", b: 2 } });
    expect(result).toEqual({ custom_data: { b: 2 } });
    expect(unmapped).toEqual({ "payload.custom_data": 1 });
  });

  it("leaves out what is written, even when that is blank", () => {
    const mapping = 'custom_data: {tier: payload.level, "*": payload}';
    expect(eventOf(mapping, { payload: { tier: "gold", a: 1 } })).toEqual({
      custom_data: { a: 1 },
    });
  });

  it("leaves out what `except` names: fields of the result", () => {
    const mapping = 'custom_data: {"*": {from: payload, except: [tier]}}';
    expect(eventOf(mapping, { payload: { tier: "gold", a: 1 } })).toEqual({
      custom_data: { a: 1 },
    });
  });

  it("can come from the key", () => {
    expect(eventOf("custom_data: key", { key: { order: 7 } })).toEqual({
      custom_data: { order: 7 },
    });
  });

  it("passes on custom properties of an object of the spec inside it", () => {
    const payload = { contents: [{ id: 1, colour: "red" }] };
    expect(eventOf('custom_data: {"*": payload}', { payload })).toEqual({
      custom_data: { contents: [{ id: "1", colour: "red" }] },
    });
  });
});

describe("consumption", () => {
  const blanks = (count: number): string[] => new Array<string>(count).fill("");

  it("takes out of the rest whatever the mapping reads anywhere", () => {
    const mapping = `
      event_id: payload.order
      user_data:
        em: {from: payload.mail, hash: sha256}
        ph: {identifier: phone, normalize: meta_phone, country: payload.land, hash: sha256}
      app_data: {extinfo: {locale: payload.locale}}
      custom_data: {content_ids: {each: payload.items, item: item.sku}, "*": payload}
    `;
    const payload = {
      order: "o",
      mail: "a@example.test",
      land: "de",
      locale: "de_DE",
      items: [{ sku: "s" }],
      left: 1,
    };
    expect(eventOf(mapping, { payload })).toEqual({
      event_id: "o",
      user_data: { em: [sha256("a@example.test")] },
      app_data: { extinfo: [...blanks(6), "de_DE", ...blanks(9)] },
      custom_data: { content_ids: ["s"], left: 1 },
    });
  });

  it("takes the top field under the source, whole, so that an e-mail beside it does not leak", () => {
    const mapping = 'custom_data: {currency: payload.user.currency, "*": payload}';
    const payload = { user: { currency: "EUR", email: "a@example.test" }, a: 1 };
    expect(eventOf(mapping, { payload })).toEqual({ custom_data: { a: 1, currency: "EUR" } });
  });

  it("is told apart by source", () => {
    const mapping =
      'custom_data: {x: payload.custom_data.user.id, "*": [payload.custom_data, payload]}';
    const payload = { custom_data: { user: { id: 1, mail: "m" }, b: 2 }, user: "kept" };
    expect(eventOf(mapping, { payload })).toEqual({ custom_data: { b: 2, user: "kept", x: 1 } });
  });

  it("counts what the rests of closed objects read, and what `only_if` reads", () => {
    const mapping = eventMapping(
      `
        user_data: {"*": payload}
        custom_data: {"*": payload}
      `,
      "only_if: payload.consent",
    );
    const { result, onlyIf } = render(mapping, { payload: { fbp: "fb.2", consent: true, a: 1 } });
    expect(result).toEqual({ user_data: { fbp: "fb.2" }, custom_data: { a: 1 } });
    expect(onlyIf).toBe(true);
  });

  it("depends on the mapping, never on the record", () => {
    const mapping = 'event_name: [event_name, payload.name]\ncustom_data: {"*": payload}';
    expect(eventOf(mapping, { event_name: "Lead", payload: { name: "Unread", a: 1 } })).toEqual({
      event_name: "Lead",
      custom_data: { a: 1 },
    });
  });

  it("reads nothing of a whole source that is passed on", () => {
    const mapping = 'custom_data: {all: payload.user, "*": payload.user}';
    const payload = { user: { a: 1 } };
    expect(eventOf(mapping, { payload })).toEqual({ custom_data: { a: 1, all: { a: 1 } } });
  });
});

describe("names that every object has", () => {
  it("are fields like others when a payload has them", () => {
    const payload = JSON.parse('{"constructor": 1, "toString": "t", "__proto__": {"x": 1}}');
    const custom = eventOf('custom_data: {"*": payload}', { payload });
    expect(JSON.stringify(custom)).toBe('{"custom_data":{"constructor":1,"toString":"t"}}');
  });

  it("can be written in a mapping", () => {
    const mapping = "custom_data: {constructor: payload.constructor, toString: {value: t}}";
    expect(JSON.stringify(eventOf(mapping, { payload: { constructor: 1 } }))).toBe(
      '{"custom_data":{"constructor":1,"toString":"t"}}',
    );
  });
});
