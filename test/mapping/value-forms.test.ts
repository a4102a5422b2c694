import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { descend } from "../../src/mapping/descend.js";
import { columnsOf, eventOf, render, eventMapping } from "./render.js";

describe("a path", () => {
  it("reads what stands there in the record", () => {
    expect(eventOf("event_id: payload.order.id", { payload: { order: { id: "o-7" } } })).toEqual({
      event_id: "o-7",
    });
  });

  it("counts the elements of a list, and no letters of a text", () => {
    const mapping = "event_id: payload.order.0";
    expect(eventOf(mapping, { payload: { order: ["o-7", "o-8"] } })).toEqual({ event_id: "o-7" });
    expect(eventOf(mapping, { payload: { order: "o-7" } })).toEqual({});
  });

  it("omits its field when nothing stands there", () => {
    expect(eventOf("event_id: payload.order.id", { payload: { order: "o-7" } })).toEqual({});
  });
});

describe("a list of paths", () => {
  const mapping = "event_name: [event_name, event_type, payload.event_name]";

  it("gives the first value that is not blank", () => {
    expect(eventOf(mapping, { event_name: " ", event_type: "Lead" })).toEqual({
      event_name: "Lead",
    });
    expect(eventOf(mapping, { payload: { event_name: "Contact" } })).toEqual({
      event_name: "Contact",
    });
  });

  it("omits its field when all are blank", () => {
    expect(eventOf(mapping, { event_name: null, event_type: "" })).toEqual({});
  });

  it("takes false and 0 for values", () => {
    expect(eventOf("opt_out: [payload.a, payload.b]", { payload: { a: false, b: true } })).toEqual({
      opt_out: false,
    });
    expect(
      eventOf("custom_data: {value: [payload.a, payload.b]}", { payload: { a: 0, b: 1 } }),
    ).toEqual({ custom_data: { value: 0 } });
  });
});

describe("a constant", () => {
  it("is text, a number, a boolean or a list, in every record", () => {
    const mapping = `
      action_source: {value: app}
      opt_out: {value: false}
      data_processing_options: {value: [LDU]}
      data_processing_options_country: {value: 0}
      custom_data: {tags: {value: [1, b, true]}}
    `;
    expect(eventOf(mapping)).toEqual({
      action_source: "app",
      opt_out: false,
      data_processing_options: ["LDU"],
      data_processing_options_country: 0,
      custom_data: { tags: [1, "b", true] },
    });
  });

  it("is converted to its field's type", () => {
    expect(eventOf("event_id: {value: 7}")).toEqual({ event_id: "7" });
    expect(eventOf('custom_data: {value: {value: "12.50"}}')).toEqual({
      custom_data: { value: 12.5 },
    });
  });

  it("takes normalize and hash", () => {
    expect(
      eventOf("user_data: {country: {value: US, normalize: lowercase, hash: sha256}}"),
    ).toEqual({ user_data: { country: [sha256("us")] } });
  });

  it("can be an empty list", () => {
    expect(eventOf("data_processing_options: {value: []}")).toEqual({
      data_processing_options: [],
    });
  });

  it("is one frozen value for all records", () => {
    const mapping = eventMapping("custom_data: {tags: {value: [a]}}");
    const tags = () => descend(render(mapping, {}).result, ["custom_data", "tags"]);
    expect(tags()).toEqual(["a"]);
    expect(tags()).toBe(tags());
    expect(Object.isFrozen(tags())).toBe(true);
  });
});

describe("from", () => {
  it("takes one path or several, and then steps", () => {
    expect(
      eventOf("custom_data: {currency: {from: [payload.a, payload.b], normalize: uppercase}}", {
        payload: { a: null, b: "eur" },
      }),
    ).toEqual({ custom_data: { currency: "EUR" } });
  });
});

describe("identifier", () => {
  it("fills a list field with all values of its type, hashed or not, and equal ones once", () => {
    const given = {
      identifiers: ["c-1", "c-2", "c-1"].map((value) => ({ type: "crm_id", value })),
    };
    expect(eventOf("user_data: {external_id: {identifier: crm_id}}", given)).toEqual({
      user_data: { external_id: ["c-1", "c-2"] },
    });
  });

  const identifiers = [
    { type: "phone_e164", value: "+15550100" },
    { type: "email", value: "b@example.test" },
    { type: "email", value: "a@example.test" },
  ];

  it("gives all values of a type in the record's order", () => {
    expect(eventOf("user_data: {em: {identifier: email, hash: sha256}}", { identifiers })).toEqual({
      user_data: { em: [sha256("b@example.test"), sha256("a@example.test")] },
    });
  });

  it("takes the first listed type that has a value", () => {
    const mapping = "user_data: {external_id: {identifier: [crm_id, phone_e164, email]}}";
    expect(eventOf(mapping, { identifiers })).toEqual({
      user_data: { external_id: ["+15550100"] },
    });
  });

  it("passes over types whose values are blank", () => {
    const mapping = "user_data: {external_id: {identifier: [crm_id, email]}}";
    const blank = [
      { type: "crm_id", value: " " },
      { type: "crm_id", value: null },
    ];
    expect(eventOf(mapping, { identifiers: [...blank, { type: "email", value: "x" }] })).toEqual({
      user_data: { external_id: ["x"] },
    });
  });

  it("takes a whole number as its decimal text", () => {
    const given = { identifiers: [{ type: "crm_id", value: 42 }] };
    expect(columnsOf("EXTERN_ID: {identifier: crm_id}", given)).toEqual({ EXTERN_ID: ["42"] });
  });

  it("rejects a record whose identifier is neither text nor a whole number", () => {
    const mapping = eventMapping("user_data: {external_id: {identifier: crm_id}}");
    for (const value of [1.5, true, ["x"], { id: "x" }])
      expect(render(mapping, { identifiers: [{ type: "crm_id", value }] }).fault).toEqual({
        code: "invalid_identifier",
        field: "identifiers.crm_id",
        message: "`identifiers.crm_id` has a value that is neither text nor a whole number.",
      });
  });

  it("fills a custom property with its first value, trimmed", () => {
    const given = { identifiers: [{ type: "crm_id", value: " c-1 " }] };
    expect(eventOf("custom_data: {crm: {identifier: crm_id}}", given)).toEqual({
      custom_data: { crm: "c-1" },
    });
  });
});

describe("a path at an object", () => {
  it("is the same as a rest from there", () => {
    const given = { payload: { store: { store_code: 7, floor: "2" } } };
    const spread = eventOf("custom_data: {store_data: payload.store}", given);
    expect(spread).toEqual({ custom_data: { store_data: { floor: "2", store_code: "7" } } });
    expect(eventOf('custom_data: {store_data: {"*": payload.store}}', given)).toEqual(spread);
  });

  it("can be a list, of which each field takes the first that has it", () => {
    expect(
      eventOf("original_event_data: [payload.original, payload]", {
        payload: { original: { event_name: "Lead" }, event_name: "x", order_id: 5 },
      }),
    ).toEqual({ original_event_data: { event_name: "Lead", order_id: "5" } });
  });
});
