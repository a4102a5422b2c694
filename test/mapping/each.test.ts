import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { eventMapping, eventOf, faultOf, render } from "./render.js";

const items = [
  { sku: "a", qty: "2", price: "9.50" },
  { sku: "b", price: 3 },
];

describe("each", () => {
  it("makes an entry per element, with a form", () => {
    expect(
      eventOf("custom_data: {content_ids: {each: payload.items, item: item.sku}}", {
        payload: { items },
      }),
    ).toEqual({ custom_data: { content_ids: ["a", "b"] } });
  });

  it("makes an entry per element, with a map of fields, typed by the spec", () => {
    const mapping = `
      custom_data:
        contents:
          each: payload.items
          item: {id: item.sku, quantity: {from: item.qty, default: 1}, item_price: item.price}
    `;
    expect(eventOf(mapping, { payload: { items } })).toEqual({
      custom_data: {
        contents: [
          { id: "a", quantity: 2, item_price: 9.5 },
          { id: "b", quantity: 1, item_price: 3 },
        ],
      },
    });
  });

  it("reads a list from JSON text, and a single value as a list of one", () => {
    const mapping = "custom_data: {content_ids: {each: payload.items, item: item.sku}}";
    expect(eventOf(mapping, { payload: { items: JSON.stringify(items) } })).toEqual({
      custom_data: { content_ids: ["a", "b"] },
    });
    expect(eventOf(mapping, { payload: { items: { sku: "only" } } })).toEqual({
      custom_data: { content_ids: ["only"] },
    });
  });

  it("leaves out elements that give nothing, and the field when none gives anything", () => {
    const mapping = "custom_data: {content_ids: {each: payload.items, item: item.sku}}";
    expect(eventOf(mapping, { payload: { items: [{}, { sku: "b" }, 7] } })).toEqual({
      custom_data: { content_ids: ["b"] },
    });
    expect(eventOf(mapping, { payload: { items: [{}] } })).toEqual({});
    expect(eventOf(mapping, { payload: { items: [] } })).toEqual({});
    expect(eventOf(mapping, { payload: { items: " " } })).toEqual({});
  });

  it("can read the element itself, and the record beside it", () => {
    const mapping = `
      custom_data:
        content_ids: {each: payload.skus, item: item}
        labels: {each: payload.skus, item: [item.name, payload.shop]}
    `;
    expect(eventOf(mapping, { payload: { skus: [" a ", 7], shop: "north" } })).toEqual({
      custom_data: { content_ids: ["a", "7"], labels: ["north", "north"] },
    });
  });

  it("nests: inside, `item` is the element of the inner list", () => {
    const mapping = `
      custom_data:
        tree: {each: payload.boxes, item: {each: item.parts, item: item.id}}
    `;
    expect(
      eventOf(mapping, { payload: { boxes: [{ parts: [{ id: 1 }, { id: 2 }] }, { parts: [] }] } }),
    ).toEqual({ custom_data: { tree: [[1, 2]] } });
  });

  it("keeps the outer element for what follows an inner list", () => {
    const mapping = `
      custom_data:
        contents:
          each: payload.boxes
          item: {tags: {each: item.tags, item: item}, id: item.id}
    `;
    expect(eventOf(mapping, { payload: { boxes: [{ id: "b", tags: ["x"] }] } })).toEqual({
      custom_data: { contents: [{ tags: ["x"], id: "b" }] },
    });
  });

  it("hashes element by element where Meta wants digests, equal ones once", () => {
    const mapping = `
      user_data:
        em: {each: payload.contacts, item: {from: item.mail, normalize: lowercase, hash: sha256}}
    `;
    const contacts = [{ mail: "A@example.test" }, { mail: "a@example.test" }, { mail: "b" }];
    expect(eventOf(mapping, { payload: { contacts } })).toEqual({
      user_data: { em: [sha256("a@example.test"), sha256("b")] },
    });
  });

  it("rejects the record for an element that does not convert", () => {
    const mapping = `
      custom_data: {contents: {each: payload.items, item: {id: item.sku, quantity: item.qty}}}
    `;
    expect(faultOf(mapping, { payload: { items: [{ sku: "a", qty: "two" }] } })).toEqual({
      code: "invalid_value",
      field: "custom_data.contents.quantity",
      message: "`custom_data.contents.quantity` is not a number.",
    });
  });
});

describe("a rest inside each", () => {
  it("takes the fields of the element that are not read for this list", () => {
    const mapping = `
      custom_data:
        content_ids: {each: payload.items, item: item.sku}
        colours: {each: payload.variants, item: item.colour}
        contents: {each: payload.items, item: {item_price: item.price, "*": item}}
    `;
    expect(
      eventOf(mapping, {
        payload: {
          items: [{ sku: "a", price: 1, colour: "red", quantity: "2" }],
          variants: [{ colour: "blue" }],
        },
      }),
    ).toEqual({
      custom_data: {
        content_ids: ["a"],
        colours: ["blue"],
        contents: [{ item_price: 1, colour: "red", quantity: 2 }],
      },
    });
  });

  it("counts elements that have no fields as unmapped", () => {
    const mapping = eventMapping(`
      custom_data: {contents: {each: payload.items, item: item}}
    `);
    const { result, unmapped } = render(mapping, { payload: { items: ["a", { id: "b" }] } });
    expect(result).toEqual({ custom_data: { contents: [{ id: "b" }] } });
    expect(unmapped).toEqual({ item: 1 });
  });
});

describe("named positions", () => {
  const mapping = `
    app_data:
      extinfo:
        version: {from: payload.os, map: {ios: i2, android: a2}}
        os_version: payload.os_version
        screen_width: payload.width
  `;
  const blanks = (count: number): string[] => new Array<string>(count).fill("");

  it("stand where the spec puts them, the others blank", () => {
    expect(eventOf(mapping, { payload: { os: "ios", os_version: 17.2, width: 390 } })).toEqual({
      app_data: { extinfo: ["i2", ...blanks(3), "17.2", ...blanks(4), "390", ...blanks(6)] },
    });
  });

  it("are omitted when all are blank", () => {
    expect(eventOf(mapping, { payload: { os: "web" } })).toEqual({});
  });

  it("can come from a list of the data, whose blanks keep their places", () => {
    const extinfo = ["a2", null, "", 14];
    expect(eventOf("app_data: {extinfo: payload.extinfo}", { payload: { extinfo } })).toEqual({
      app_data: { extinfo: ["a2", "", "", "14"] },
    });
    expect(
      eventOf("app_data: {extinfo: payload.extinfo}", {
        payload: { extinfo: JSON.stringify(extinfo) },
      }),
    ).toEqual({ app_data: { extinfo: ["a2", "", "", "14"] } });
  });

  it("reject a record whose list has too many, or one that does not convert", () => {
    const path = "app_data: {extinfo: payload.extinfo}";
    expect(faultOf(path, { payload: { extinfo: blanks(17) } })?.message).toBe(
      "`app_data.extinfo` has more than 16 positions.",
    );
    expect(faultOf(path, { payload: { extinfo: [{}] } })?.message).toBe(
      "`app_data.extinfo` is not text.",
    );
  });
});
