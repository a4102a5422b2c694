import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/core/json.js";
import { lackingCustomData } from "../../src/surfaces/lacking-custom-data.js";

const COMPLETE = { value: 12.5, currency: "EUR" };
const NO_VALUE = {
  code: "missing",
  field: "custom_data.value",
  message:
    "`custom_data.value` has no value, and Meta refuses a Purchase without it (2804009). Map it, or give it a `default`.",
};
const NO_CURRENCY = {
  code: "missing",
  field: "custom_data.currency",
  message:
    "`custom_data.currency` has no value, and Meta refuses a Purchase without it (2804010). Map it, or give it a `default`.",
};

function purchase(custom_data: JsonObject) {
  return lackingCustomData({ event_name: "Purchase", custom_data });
}

describe("a Purchase", () => {
  it("needs a value", () => {
    expect(purchase({ currency: "EUR" })).toEqual(NO_VALUE);
  });

  it("needs a currency", () => {
    expect(purchase({ value: 12.5 })).toEqual(NO_CURRENCY);
  });

  it("lacks the value first when it has neither", () => {
    expect(purchase({})).toEqual(NO_VALUE);
    expect(lackingCustomData({ event_name: "Purchase" })).toEqual(NO_VALUE);
  });

  it.each<Json>([null, "", " "])("has no currency when it is %j", (currency) => {
    expect(purchase({ ...COMPLETE, currency })).toEqual(NO_CURRENCY);
  });

  it("may be worth nothing: 0 is a value", () => {
    expect(purchase({ ...COMPLETE, value: 0 })).toBeUndefined();
  });

  it("has all that Meta wants with both", () => {
    expect(purchase(COMPLETE)).toBeUndefined();
  });
});

describe("an event of another name", () => {
  it.each<Json>(["Lead", "purchase", "constructor", null])("needs neither: %j", (event_name) => {
    expect(lackingCustomData({ event_name })).toBeUndefined();
  });
});
