import { describe, expect, it } from "vitest";
import { decodeEventImport, decodeStateOperation } from "../../src/core/decode-record.js";
import { sha256 } from "../../src/core/digest.js";
import { cleanJson, parseJson } from "../../src/core/json.js";

const EMAIL = { type: "email", value: "ann@example.test" };
const STATE = { operation: "upsert", target: "VIP", record_identity: "c1" };
const SECRET = "very-private-value";

function state(changes: object) {
  return decodeStateOperation(cleanJson({ ...STATE, ...changes }), 7);
}

function event(changes: object) {
  return decodeEventImport(cleanJson({ event_identity: "e1", ...changes }), 7);
}

describe("a State Operation", () => {
  it("is read whole", () => {
    expect(
      state({ operation: "remove", key: { id: 7 }, identifiers: [EMAIL], payload: { value: 1 } }),
    ).toEqual({
      ok: true,
      value: {
        kind: "state",
        operation: "remove",
        target: "VIP",
        identity: "c1",
        givenIdentity: "c1",
        key: { id: 7 },
        identifiers: [EMAIL],
        payload: { value: 1 },
      },
    });
  });

  it("needs little", () => {
    expect(state({})).toMatchObject({ value: { key: {}, identifiers: [], payload: {} } });
  });

  it.each([
    [{ target: " VIP " }],
    [{ target: { value: "VIP", more: 1 } }],
    [{ target: '{"value":" VIP "}' }],
    [{ target: undefined, target_json: '"VIP"' }],
    [{ target: null, target_json: '{"value":"VIP"}' }],
    [{ target: undefined, target_json: "VIP" }],
    [{ target: "VIP", target_json: '"Other"' }],
  ])("takes its target from %j", (changes) => {
    expect(state(changes)).toMatchObject({ value: { target: "VIP" } });
  });

  it("takes text that only looks like JSON as the name it is", () => {
    expect(state({ target: "{VIP}" })).toMatchObject({ value: { target: "{VIP}" } });
    expect(state({ target: "7" })).toMatchObject({ value: { target: "7" } });
    expect(state({ target: 7 })).toMatchObject({ value: { target: "7" } });
  });

  it.each([
    undefined,
    null,
    "",
    " ",
    {},
    { value: null },
    { name: "VIP" },
    [],
    true,
    '{"value":[]}',
  ])("has no target in %j", (target) => {
    expect(state({ target })).toEqual({
      ok: false,
      error: {
        identity: "c1",
        code: "missing_target",
        field: "target",
        message: "The record names no `target` (an audience).",
      },
    });
  });

  it.each([undefined, null, "UPSERT", "import", 1])("has no operation in %j", (operation) => {
    expect(state({ operation })).toMatchObject({
      error: { identity: "c1", code: "invalid_record", field: "operation" },
    });
  });
});

describe("an Event Import", () => {
  it("is read whole, its name and time untouched", () => {
    expect(
      event({ operation: "import", event_name: " Lead ", event_type: 3, occurred_at: "now" }),
    ).toEqual({
      ok: true,
      value: {
        kind: "event",
        operation: "import",
        identity: "e1",
        givenIdentity: "e1",
        key: {},
        identifiers: [],
        payload: {},
        eventName: " Lead ",
        eventType: 3,
        occurredAt: "now",
      },
    });
  });

  it.each([undefined, null, "import"])("may have %j as operation", (operation) => {
    expect(event({ operation })).toMatchObject({ value: { operation: "import" } });
  });

  it.each(["upsert", "remove", "", 1])("may not have %j as operation", (operation) => {
    expect(event({ operation })).toMatchObject({
      error: { identity: "e1", code: "invalid_record", field: "operation" },
    });
  });

  it.each([
    [{ event_identity: "e1", record_identity: "r1" }, "r1"],
    [{ event_identity: "e1", record_identity: " " }, "e1"],
    [{ event_identity: 12 }, "12"],
    [{ event_identity: null, key: { b: 1, a: ["x"] } }, '{"a":["x"],"b":1}'],
    [{ event_identity: null, event_key: '{"id":false}' }, '{"id":false}'],
  ])("has in %j the identity %s", (changes, identity) => {
    expect(event(changes)).toMatchObject({ value: { identity, givenIdentity: identity } });
  });

  it.each([{}, { a: null }, { a: " ", b: [], c: { d: [""] } }])(
    "has no identity in the key %j",
    (key) => {
      expect(event({ event_identity: undefined, key })).toMatchObject({
        error: { identity: "#7", code: "missing_identity", field: "record_identity" },
      });
    },
  );
});

describe("the fields of a record", () => {
  it.each(["key", "state_key", "event_key", "key_json"])("give the key as %s", (name) => {
    expect(state({ [name]: { a: 1 } })).toMatchObject({ value: { key: { a: 1 } } });
    expect(state({ [name]: '{"a":1}' })).toMatchObject({ value: { key: { a: 1 } } });
  });

  it.each(["identifiers", "identifiers_json"])("give the identifiers as %s", (name) => {
    const want = { value: { identifiers: [EMAIL] } };
    expect(state({ [name]: [EMAIL] })).toMatchObject(want);
    expect(state({ [name]: JSON.stringify([EMAIL]) })).toMatchObject(want);
    expect(state({ [name]: [JSON.stringify(EMAIL)] })).toMatchObject(want);
    expect(state({ [name]: JSON.stringify([JSON.stringify(EMAIL)]) })).toMatchObject(want);
  });

  it.each(["payload", "payload_json"])("give the payload as %s", (name) => {
    expect(state({ [name]: { a: 1 } })).toMatchObject({ value: { payload: { a: 1 } } });
    expect(state({ [name]: '{"a":1}' })).toMatchObject({ value: { payload: { a: 1 } } });
  });

  it("are looked at in their order; the first that is there wins", () => {
    const all = { key: null, state_key: { a: 1 }, event_key: { a: 2 }, key_json: { a: 3 } };
    expect(state(all)).toMatchObject({ value: { key: { a: 1 } } });
    expect(state({ payload: { a: 1 }, payload_json: { a: 2 } })).toMatchObject({
      value: { payload: { a: 1 } },
    });
  });

  it.each(["", "  ", "null"])("may be blank: %j", (blank) => {
    expect(state({ key: blank, identifiers: blank, payload: blank })).toMatchObject({
      value: { key: {}, identifiers: [], payload: {} },
    });
  });

  it("have identifier types trimmed and absent values as null, in record order, repeats kept", () => {
    const identifiers = [{ type: " email " }, EMAIL, EMAIL, { type: "x", value: { odd: 1 } }];
    expect(state({ identifiers })).toMatchObject({
      value: {
        identifiers: [
          { type: "email", value: null },
          EMAIL,
          EMAIL,
          { type: "x", value: { odd: 1 } },
        ],
      },
    });
  });
});

describe("a rejection names the place and never the value", () => {
  it.each([
    ["invalid_record", "payload", { payload: `{"a": ${SECRET}` }],
    ["invalid_record", "payload", { payload: [SECRET] }],
    ["invalid_record", "payload_json", { payload_json: `"${SECRET}"` }],
    ["invalid_record", "key", { key: [SECRET] }],
    ["invalid_record", "key_json", { key_json: SECRET }],
    ["invalid_record", "identifiers", { identifiers: SECRET }],
    ["invalid_identifier", "identifiers", { identifiers: { email: SECRET } }],
    ["invalid_identifier", "identifiers", { identifiers: "7" }],
    ["invalid_identifier", "identifiers[1]", { identifiers: [EMAIL, { value: SECRET }] }],
    ["invalid_identifier", "identifiers[0]", { identifiers: [{ type: " ", value: SECRET }] }],
    ["invalid_identifier", "identifiers[0]", { identifiers: [{ type: 1, value: SECRET }] }],
    ["invalid_identifier", "identifiers[0]", { identifiers: ["7"] }],
    ["invalid_identifier", "identifiers_json[0]", { identifiers_json: [null] }],
    ["invalid_record", "identifiers[0]", { identifiers: [SECRET] }],
    ["invalid_value", "payload.a.0", { payload: { a: [2 ** 53, SECRET] } }],
    ["invalid_value", "payload.a", { payload: '{"a":9007199254740993}' }],
    ["invalid_value", "payload.a", { payload: { a: `\ud800${SECRET}` } }],
    ["invalid_value", "payload.a", { payload: { a: NaN } }],
    ["invalid_value", "payload.a", { payload: { a: new Set([SECRET]) } }],
  ])("%s at %s", (code, field, changes) => {
    for (const { error } of [state(changes), event(changes)].filter((one) => !one.ok)) {
      expect(error).toMatchObject({ code, field });
      expect(error.message).toMatch(/^(`|The |An )/);
      expect(JSON.stringify(error)).not.toContain(SECRET);
    }
    expect(state(changes).ok).toBe(false);
    expect(event(changes).ok).toBe(false);
  });

  it("is by position while the identity may be an identifier, by identity after that", () => {
    const identifiers = [{ type: "email", value: "C1" }];
    expect(state({ identifiers: "[", record_identity: "C1" })).toMatchObject({
      error: { identity: "#7" },
    });
    expect(state({ identifiers, payload: "[" })).toMatchObject({
      error: { identity: `sha256:${sha256("c1").slice(0, 16)}` },
    });
    expect(state({ payload: "[" })).toMatchObject({ error: { identity: "c1" } });
  });

  it("reads nothing through a prototype", () => {
    const record: unknown = Object.assign(Object.create({ payload: { a: 1 } }), STATE);
    expect(decodeStateOperation(cleanJson(record), 7)).toMatchObject({
      error: { code: "invalid_value", field: "" },
    });
    const polluted = parseJson('{"__proto__":{"operation":"upsert"}}');
    expect(decodeStateOperation(polluted, 7)).toMatchObject({
      error: { code: "invalid_record", field: "operation" },
    });
  });
});

describe("a personal identity", () => {
  const hidden = (text: string) => `sha256:${sha256(text).slice(0, 16)}`;

  it.each([
    ["looks like an e-mail", { record_identity: "ann@example.test" }],
    ["holds an e-mail", { record_identity: "user:ann@example.test" }],
    [
      "is an identifier",
      { record_identity: "49170", identifiers: [{ type: "phone_e164", value: "49170" }] },
    ],
    [
      "is a number of one",
      { record_identity: 49170, identifiers: [{ type: "phone_e164", value: "49170" }] },
    ],
    [
      "is one in other case, untrimmed",
      { record_identity: " ANN ", identifiers: [{ type: "external_id", value: "ann" }] },
    ],
    [
      "is one of an unmapped type",
      { record_identity: "x1", identifiers: [{ type: "other", value: "X1 " }] },
    ],
  ])("that %s is hidden, and given to the mapping only", (_, changes) => {
    const given = String(changes.record_identity);
    expect(state(changes)).toMatchObject({
      value: { identity: hidden(given), givenIdentity: given },
    });
  });

  it.each([
    ["part of the key", { key: { phone: "49170", shop: 1 } }],
    ["a number in the key", { key: { phone: 49170 } }],
    ["deep in the key", { key: { who: [{ phone: "49170" }] } }],
  ])("is hidden when it is %s", (_, changes) => {
    const identifiers = [{ type: "phone_e164", value: "49170" }];
    const record = state({ record_identity: undefined, identifiers, ...changes });
    expect(record.ok && record.value.identity).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(record.ok && record.value.givenIdentity).toContain("49170");
  });

  it("is shown up to a length that fits into a line, and as a digest beyond", () => {
    const fits = "a".repeat(512);
    expect(state({ record_identity: fits })).toMatchObject({ value: { identity: fits } });
    const digest = { identity: "sha256:02425c0f5b0dabf3", givenIdentity: `${fits}a` };
    expect(state({ record_identity: `${fits}a` })).toMatchObject({ value: digest });
  });

  it("is read in linear time, however long", () => {
    const long = { record_identity: `${"a".repeat(300_000)}@` };
    expect(state(long)).toMatchObject({ value: { identity: "sha256:3dca8e5c62cae086" } });
  });

  it("is no identity that merely contains an identifier", () => {
    const identifiers = [{ type: "external_id", value: "7" }];
    expect(state({ record_identity: "order-7", identifiers })).toMatchObject({
      value: { identity: "order-7" },
    });
  });
});
