import { describe, expect, it } from "vitest";
import type { Json } from "../../src/core/json.js";
import { planEvents, type PlanSettings } from "./plan.js";
import { digest, email, event, identifier } from "./records.js";

const A = "a".repeat(64);

async function planned(changes: object, settings: Partial<PlanSettings> = {}) {
  const { requests, rejections, tally } = await planEvents([event("e1", { ...changes })], settings);
  const data = requests[0]?.body["data"];
  const events: readonly unknown[] = Array.isArray(data) ? data : [];
  return { event: events[0], rejections, tally };
}

async function userData(identifiers: readonly unknown[], payload: Json = {}) {
  return planned({ identifiers, payload });
}

describe("event_name", () => {
  it.each([
    ["event_name", { event_name: "Lead" }],
    ["event_type", { event_name: undefined, event_type: "Lead" }],
    ["payload.event_name", { event_name: " ", payload: { event_name: "Lead" } }],
    ["payload.event_type", { event_name: null, payload: { event_type: " Lead " } }],
  ])("comes from %s", async (_, changes) => {
    const { event: made } = await planned(changes);
    expect(made).toMatchObject({ event_name: "Lead" });
    expect(made).not.toHaveProperty("custom_data");
  });

  it("is missing: a rejection", async () => {
    const { rejections } = await planned({ event_name: undefined });
    expect(rejections).toEqual([
      {
        identity: "e1",
        code: "missing",
        field: "event_name",
        message: "`event_name` is required by Meta and has no value.",
      },
    ]);
  });
});

describe("event_id", () => {
  it("is key.event_id, which is sent as it is", async () => {
    const { event: made } = await planned({ key: { event_id: " evt-1 ", shop: 2 } });
    expect(made).toMatchObject({ event_id: "evt-1" });
  });

  it("is else the identity, by either name", async () => {
    expect((await planned({})).event).toMatchObject({ event_id: "e1" });
    const other = await planned({ event_identity: undefined, record_identity: "r1" });
    expect(other.event).toMatchObject({ event_id: "r1" });
  });

  it("is else the canonical key, and never a made-up one", async () => {
    const derived = await planned({ event_identity: undefined, key: { b: 1, a: "x" } });
    expect(derived.event).toMatchObject({ event_id: '{"a":"x","b":1}' });
    const none = await planned({ event_identity: undefined });
    expect(none.rejections).toMatchObject([{ identity: "#1", code: "missing_identity" }]);
  });

  it("carries the original where the identity is personal and hidden elsewhere", async () => {
    const personal = "buyer@example.test";
    const { requests } = await planEvents([event(personal)]);
    expect(requests[0]?.recordIdentities).toEqual([`sha256:${digest(personal).slice(0, 16)}`]);
    expect(requests[0]?.body).toMatchObject({ data: [{ event_id: personal }] });
  });
});

describe("event_time", () => {
  it.each([
    ["2026-04-30T12:00:00Z", 1777550400],
    ["2026-04-30T14:00:00+02:00", 1777550400],
    ["2026-04-30T06:30:00-05:30", 1777550400],
    ["2026-04-30 12:00:00.999Z", 1777550400],
    ["2026-04-30T12:00:00z", 1777550400],
  ])("of %s is %i, cut to whole seconds", async (occurred_at, event_time) => {
    expect((await planned({ occurred_at })).event).toMatchObject({ event_time });
  });

  it("is read from a Date too", async () => {
    const occurred_at = new Date(1777550400_500);
    expect((await planned({ occurred_at })).event).toMatchObject({ event_time: 1777550400 });
  });

  it.each([
    ["2026-04-30T12:00:00", "time_without_zone"],
    ["2026-04-30", "invalid_time"],
    ["yesterday", "invalid_time"],
    [1777550400000, "invalid_time"],
    [true, "invalid_time"],
    [undefined, "missing"],
  ])("of %s is refused as %s, without the value", async (occurred_at, code) => {
    const { rejections } = await planned({ occurred_at });
    expect(rejections).toMatchObject([{ identity: "e1", code, field: "event_time" }]);
    expect(JSON.stringify(rejections)).not.toContain(String(occurred_at));
  });
});

describe("user_data", () => {
  it("hashes e-mail and phone in lower case, external_id as it is, and trims Unicode space", async () => {
    const { event: made } = await userData([
      identifier("email", "\u00a0\u3000Ä.Buyer@Example.TEST\u2009"),
      identifier("phone_e164", " +49170AbC "),
      identifier("external_id", " Cust-Ä "),
    ]);
    expect(made).toMatchObject({
      user_data: {
        em: [digest("ä.buyer@example.test")],
        ph: [digest("+49170abc")],
        external_id: [digest("Cust-Ä")],
      },
    });
  });

  it.each([
    [A.toUpperCase(), A],
    [` ${A} `, A],
    [`${A.toUpperCase()}.Ab`, `${A}.Ab`],
    [`${A}.AbCd_-12`, `${A}.AbCd_-12`],
  ])("keeps the digest %s, with its hex in lower case", async (given, kept) => {
    const identifiers = ["email", "phone_e164", "external_id"].map((type) =>
      identifier(type, given),
    );
    const { event: made } = await userData(identifiers);
    expect(made).toMatchObject({ user_data: { em: [kept], ph: [kept], external_id: [kept] } });
  });

  it.each([`${A}.abc`, A.slice(1), `${A}a`, `g${A.slice(1)}`, `${A}.`])(
    "hashes %s, which is no digest",
    async (text) => {
      const { event: made } = await userData([identifier("email", text)]);
      expect(made).toMatchObject({ user_data: { em: [digest(text)] } });
    },
  );

  it("holds all values in record order, equal ones once, null and blank ones dropped", async () => {
    const { event: made } = await userData([
      email("two"),
      identifier("email", null),
      email("one"),
      identifier("email", " \t"),
      identifier("email", "TWO@example.test"),
      identifier("email", digest("one@example.test").toUpperCase()),
      { type: "email" },
    ]);
    expect(made).toMatchObject({
      user_data: { em: [digest("two@example.test"), digest("one@example.test")] },
    });
  });

  it("counts a safe-integer number as its decimal text", async () => {
    const { event: made } = await userData([
      identifier("external_id", 42),
      identifier("phone_e164", -7),
    ]);
    expect(made).toMatchObject({
      user_data: { external_id: [digest("42")], ph: [digest("-7")] },
    });
  });

  it.each([1.5, true, ["x"], { a: "x" }])("refuses %j as an identifier", async (value) => {
    const { rejections } = await userData([email("a"), identifier("external_id", value)]);
    expect(rejections).toEqual([
      {
        identity: "e1",
        code: "invalid_identifier",
        field: "identifiers.external_id",
        message: "`identifiers.external_id` has a value that is neither text nor a whole number.",
      },
    ]);
  });

  it("refuses a whole number that JSON cannot hold", async () => {
    const { rejections } = await userData([identifier("external_id", 2 ** 53)]);
    expect(rejections).toMatchObject([
      { identity: "#1", code: "invalid_value", field: "identifiers.0.value" },
    ]);
  });

  it("ignores types that the mapping does not name, whatever their value, and counts records", async () => {
    const { event: made, tally } = await userData([
      email("a"),
      identifier("loyalty_card", { odd: true }),
      identifier("tiktok_id", "t"),
    ]);
    expect(made).toMatchObject({ user_data: { em: [digest("a@example.test")] } });
    expect(JSON.stringify(made)).not.toContain("loyalty_card");
    expect([...tally.ignoredIdentifiers]).toEqual([
      ["loyalty_card", 1],
      ["tiktok_id", 1],
    ]);
  });

  it("is required: at least one accepted identifier with a usable value", async () => {
    const { rejections } = await userData([identifier("email", " ")], { fbp: "fb.1.2.3" });
    expect(rejections).toEqual([
      {
        identity: "e1",
        code: "missing",
        field: "user_data.em | user_data.ph | user_data.external_id",
        message:
          "The event has no usable `user_data.em` or `user_data.ph` or `user_data.external_id`.",
      },
    ]);
  });
});

describe("custom_data", () => {
  it("is payload.custom_data, whose keys win, and every other payload field", async () => {
    const { event: made } = await planned({
      payload: {
        custom_data: { value: 1, currency: " ", order_id: "from custom_data" },
        value: 2,
        currency: "EUR",
        items: [{ id: "sku-1" }],
        flag: false,
        zero: 0,
        list: [],
        absent: null,
        blank: "\u00a0",
        order_id: "from payload",
        fbp: "fb.1.2.3",
      },
    });
    expect(made).toMatchObject({
      custom_data: {
        value: 1,
        currency: "EUR",
        order_id: "from custom_data",
        items: [{ id: "sku-1" }],
        flag: false,
        zero: 0,
        list: [],
      },
    });
    expect(made).not.toHaveProperty("custom_data.fbp");
    expect(made).not.toHaveProperty("custom_data.custom_data");
    expect(made).not.toHaveProperty("custom_data.absent");
    expect(made).not.toHaveProperty("custom_data.blank");
  });

  it("takes payload.custom_data as JSON text, and names such as constructor as any other", async () => {
    const { event: made } = await planned({
      payload: { custom_data: '{"constructor":"c","value":3}', toString: "t" },
    });
    expect(made).toMatchObject({ custom_data: { constructor: "c", toString: "t", value: 3 } });
  });

  it("never takes __proto__", async () => {
    const { event: made } = await planned({ payload: '{"__proto__":{"a":1},"value":3}' });
    expect(made).toMatchObject({ custom_data: { value: 3 } });
    expect(JSON.stringify(made)).not.toContain("__proto__");
  });

  it("is omitted when nothing is left for it", async () => {
    const { event: made } = await planned({ payload: { custom_data: {}, opt_out: "1" } });
    expect(made).not.toHaveProperty("custom_data");
    expect(made).toMatchObject({ opt_out: true });
  });
});

describe("action_source", () => {
  it("is the configured one, never the payload's", async () => {
    const { event: made } = await planned({ payload: { action_source: "app" } });
    expect(made).toMatchObject({ action_source: "website" });
    expect(made).not.toHaveProperty("custom_data");
  });
});

describe("the forms of a record's fields", () => {
  const identifiers = [email("a"), identifier("external_id", "x")];
  const expected = { em: [digest("a@example.test")], external_id: [digest("x")] };

  it.each([
    ["a list", { identifiers }],
    ["JSON text", { identifiers: JSON.stringify(identifiers) }],
    ["JSON text elements", { identifiers: identifiers.map((one) => JSON.stringify(one)) }],
    ["identifiers_json", { identifiers: undefined, identifiers_json: JSON.stringify(identifiers) }],
  ])("take identifiers as %s", async (_, changes) => {
    expect((await planned(changes)).event).toMatchObject({ user_data: expected });
  });

  it.each([
    ["payload as JSON text", { payload: '{"value":5}' }],
    ["payload_json", { payload: undefined, payload_json: '{"value":5}' }],
    ["payload_json as an object", { payload: null, payload_json: { value: 5 } }],
  ])("take %s", async (_, changes) => {
    expect((await planned(changes)).event).toMatchObject({ custom_data: { value: 5 } });
  });

  it.each(["key", "state_key", "event_key", "key_json"])("take the key as %s", async (name) => {
    const { event: made } = await planned({ [name]: '{"event_id":"from-key"}' });
    expect(made).toMatchObject({ event_id: "from-key" });
  });
});
