import { describe, expect, it } from "vitest";
import { eventOf } from "./render.js";

describe("what is blank", () => {
  it("is what is missing, null, or text without a letter; its field is omitted", () => {
    for (const x of [null, "", " \t\u00a0\n"])
      expect(eventOf("event_id: payload.x\nopt_out: payload.y", { payload: { x } })).toEqual({});
  });

  it("is not false, 0, or an empty list in the data", () => {
    const mapping = `
      opt_out: payload.no
      custom_data: {value: payload.zero, content_ids: payload.none, own: payload.none}
    `;
    expect(eventOf(mapping, { payload: { no: false, zero: 0, none: [] } })).toEqual({
      opt_out: false,
      custom_data: { value: 0, content_ids: [], own: [] },
    });
  });
});

describe("an object or list that the mapping builds", () => {
  it("is omitted when it ends up empty", () => {
    const mapping = `
      user_data: {em: {identifier: email, hash: sha256}}
      custom_data:
        store_data: {store_code: payload.store}
        contents: {each: payload.items, item: {id: item.sku}}
    `;
    expect(eventOf(mapping, { payload: { items: [{}, {}] } })).toEqual({});
  });

  it("has content when it holds a constant", () => {
    const mapping = `
      custom_data: {mileage: {value: payload.km, unit: {value: KM}}}
    `;
    expect(eventOf(mapping)).toEqual({ custom_data: { mileage: { unit: "KM" } } });
  });
});
