import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/mapping/path.js";
import { columnsOf, eventOf } from "./render.js";

const record = {
  record_identity: "r-1",
  key: { id: 7 },
  event_name: "Purchase",
  event_type: "purchase",
  occurred_at: "2026-04-30T12:00:00Z",
  payload: { "order-id": "o", $ref: "r", list: ["a", "b"], text: '{"inner": ["x"]}' },
};

function at(path: string): unknown {
  return eventOf(`custom_data: {x: ${path}}`, record, { pixel_id: "456" });
}

describe("the roots of paths", () => {
  it("are payload, key, config, and the plain fields of a record", () => {
    expect(at("payload.list")).toEqual({ custom_data: { x: ["a", "b"] } });
    expect(at("key")).toEqual({ custom_data: { x: { id: 7 } } });
    expect(at("key.id")).toEqual({ custom_data: { x: 7 } });
    expect(at("config.pixel_id")).toEqual({ custom_data: { x: "456" } });
    expect(at("event_name")).toEqual({ custom_data: { x: "Purchase" } });
    expect(at("event_type")).toEqual({ custom_data: { x: "purchase" } });
    expect(at("occurred_at")).toEqual({ custom_data: { x: "2026-04-30T12:00:00Z" } });
    expect(at("identity")).toEqual({ custom_data: { x: "r-1" } });
    expect(at("operation")).toEqual({ custom_data: { x: "import" } });
  });

  it("are blank where a record has no such field", () => {
    expect(at("target")).toEqual({});
    expect(at("config.action_source")).toEqual({});
    const blank = "[event_name, event_type, occurred_at, target]";
    expect(columnsOf(`EXTERN_ID: ${blank}`)).toEqual({ EXTERN_ID: ["VIP"] });
  });

  it("give the identity as the record has it, even where messages hide it", () => {
    expect(eventOf("event_id: identity", { record_identity: "a@example.test" })).toEqual({
      event_id: "a@example.test",
    });
  });
});

describe("the parts of paths", () => {
  it("are names with letters, digits, `_`, `-`, `$`, and list indexes", () => {
    expect(at("payload.order-id")).toEqual({ custom_data: { x: "o" } });
    expect(at("payload.$ref")).toEqual({ custom_data: { x: "r" } });
    expect(at("payload.list.1")).toEqual({ custom_data: { x: "b" } });
    expect(at("payload.list.2")).toEqual({});
    expect(at("payload.list.length")).toEqual({});
  });

  it("go on into JSON text, which is how a CSV file holds objects", () => {
    expect(at("payload.text.inner.0")).toEqual({ custom_data: { x: "x" } });
  });

  it("find only what a value has of its own", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty", "list.map", "text.length"])
      expect(at(`payload.${name}`)).toEqual({});
    expect(
      eventOf("custom_data: {x: payload.constructor}", { payload: { constructor: 1 } }),
    ).toEqual({ custom_data: { x: 1 } });
  });
});

describe("parsePath", () => {
  const refusal = (text: string) => {
    const path = parsePath(text);
    return path.ok ? "a path" : `${path.error.message}; ${path.error.remedy}`;
  };

  it("tells a slip in the root from a text that was meant as it is", () => {
    expect(refusal("paylod.total")).toBe(
      "`paylod.total` is not a path; Did you mean `payload.total`?",
    );
    expect(refusal("event_nam")).toBe("`event_nam` is not a path; Did you mean `event_name`?");
    expect(refusal("website")).toBe(
      "`website` is not a path; For the text itself write `{value: website}`.",
    );
    expect(refusal("items")).toBe(
      "`items` is not a path; For the text itself write `{value: items}`.",
    );
    expect(refusal("a, b: c")).toBe(
      '`a, b: c` is not a path; For the text itself write `{value: "a, b: c"}`.',
    );
  });

  it("offers the root that a name stands under, where there is one", () => {
    const said = (namesAt: "payload" | "item" | undefined, text: string) => {
      const path = parsePath(text, namesAt);
      return path.ok ? "a path" : path.error.remedy;
    };
    expect(said("payload", "order_id")).toBe(
      "For what stands under this name write `payload.order_id`, for the text itself `{value: order_id}`.",
    );
    expect(said("item", "product.sku")).toBe(
      "For what stands under this name write `item.product.sku`, for the text itself `{value: product.sku}`.",
    );
    expect(said("payload", "New York")).toBe("For the text itself write `{value: New York}`.");
    expect(said(undefined, "order_id")).toBe("For the text itself write `{value: order_id}`.");
  });

  it("takes words for truth as such", () => {
    for (const [word, truth] of Object.entries({ yes: true, On: true, no: false, OFF: false }))
      expect(refusal(word)).toBe(
        `\`${word}\` is not a path; For a truth value write \`{value: ${String(truth)}}\`, ` +
          `for the text itself \`{value: ${word}}\`.`,
      );
  });

  it("refuses parts that no path has", () => {
    const parts =
      "Between its dots stand letters from a to z, digits, `_`, `-` and `$`: " +
      "give the column such a name in the sync file or in the query.";
    for (const text of ["payload.", "payload..a", "payload.a b", "payload.a[ä]", "payload.ä"])
      expect(refusal(text)).toBe(`\`${text}\` is not a path; ${parts}`);
    expect(refusal("payload.a[0][12].b")).toBe(
      "`payload.a[0][12].b` is not a path; " +
        "A part in brackets is one like others: write `payload.a.0.12.b`.",
    );
    expect(refusal("payload['total']")).toBe(
      "`payload['total']` is not a path; " +
        "A part in brackets is one like others: write `payload.total`.",
    );
    for (const text of ["payload.total * 100", "payload.a + payload.b", "payload.a || 0"])
      expect(refusal(text)).toBe(
        `\`${text}\` is not a path; ` +
          "A mapping names and does not compute: let the query do it, and name its column.",
      );
    expect(refusal("payload.__proto__.x")).toBe(
      "`payload.__proto__.x` is not a path; `__proto__` is read nowhere; name another field.",
    );
    expect(refusal("identity.x")).toBe(
      "`identity.x` is not a path; `identity` is a single value: nothing can follow it.",
    );
  });

  it("knows the configuration keys by name", () => {
    expect(refusal("config.pixelid")).toBe(
      "`config.pixelid` names no configuration key; Did you mean `config.pixel_id`?",
    );
    expect(refusal("config.access_token")).toBe(
      "`config.access_token` names no configuration key; Known: `config.ad_account_id`, " +
        "`config.api_version`, `config.custom_audience_customer_file_source`, " +
        "`config.action_source`, `config.pixel_id`, `config.test_event_code`.",
    );
    expect(refusal("config")).toContain("Known: `config.ad_account_id`");
  });
});
