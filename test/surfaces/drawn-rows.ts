/** Draws mappings that can be sent, and records of which many are ordinary and some are anything else. */
import * as fc from "fast-check";
import type { Json, JsonObject } from "../../src/core/json.js";
import { NORMALIZER_NAMES } from "../../src/normalize/index.js";

const PLAIN_NAMES = ["a", "b", "c", "value", "currency", "items", "order_id", "content_ids", "url"];
const NAMES = [
  ...PLAIN_NAMES,
  ...[
    "email",
    "constructor",
    "toString",
    "0",
    "1",
    "10",
    "",
    "a.b",
    "ä",
    "\ud83d\ude00",
    '"',
    "\\",
  ],
  ...["custom_data", "user_data", "contents", "num_items", "status", "content_name", "x_one"],
  ...["event_source_url", "opt_out", "client_ip_address", "fbc", "lead_id", "delivery_category"],
];
const TYPES = ["email", "madid", "phone", "country", "date_of_birth", "external_id"];

const PATH = fc
  .tuple(
    fc.constantFrom("payload", "key", "payload.custom_data"),
    fc.constantFrom(...PLAIN_NAMES, "email", "constructor", "0", "custom_data"),
    fc.constantFrom("", "", "", ".a", ".0"),
  )
  .map(([root, name, rest]) => `${root}.${name}${rest}`);
const PATHS = fc.uniqueArray(PATH, { minLength: 1, maxLength: 3 });
const SOURCE = fc.oneof(
  fc.record({ from: PATHS }),
  fc.record({
    identifier: fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 2 }),
  }),
);
const WORD = fc.constantFrom("x", "1", "US", "16505551212", "a@example.test");
const NORMALIZE = fc.oneof(
  fc.constantFrom(["trim", "lowercase"], ["lowercase"], ["uppercase"]),
  fc.array(fc.constantFrom(...NORMALIZER_NAMES), { minLength: 1, maxLength: 2 }),
);
const MAP = fc.dictionary(WORD, WORD, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const STEPS = fc.oneof(
  fc.constant({}),
  fc.record({ normalize: NORMALIZE }),
  fc.record({ map: MAP, default: WORD, normalize: fc.constant("lowercase") }, { requiredKeys: [] }),
);
const VALUE = fc.tuple(SOURCE, STEPS).map(([source, steps]) => ({ ...source, ...steps }));
const HASHED = VALUE.map((form) => ({ ...form, hash: "sha256" }));
const COPY = fc.record({ from: PATHS });
const AS = fc.record({
  from: PATHS,
  as: fc.constantFrom("string", "integer", "number", "boolean", "unix_seconds", "date"),
});
const REST = fc.uniqueArray(
  fc.constantFrom("payload", "payload", "payload.custom_data", "payload.a", "key"),
  { minLength: 1, maxLength: 3 },
);
const EMAIL = { identifier: "email", normalize: ["trim", "lowercase"], hash: "sha256" };

/** What goes well, and now and then anything. */
function mostly<T>(usual: readonly T[], any: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: any },
  );
}

const LOWER_NAME = { from: ["payload.content_name", "payload.order_id"], normalize: "lowercase" };
const PHONE = { identifier: "phone", normalize: "meta_phone", hash: "sha256" };
const COUNTRY = { from: "payload.country", normalize: "meta_country", hash: "sha256" };

const USER_DATA = fc.record(
  {
    em: mostly<Json>([EMAIL], HASHED),
    ph: mostly<Json>([PHONE, { ...PHONE, country: "payload.country" }], HASHED),
    country: mostly<Json>([COUNTRY], HASHED),
    external_id: mostly<Json>(
      [
        { identifier: "external_id" },
        { identifier: "external_id", normalize: "lowercase" },
        { identifier: ["external_id", "email"], hash: "sha256" },
        { from: "payload.order_id", normalize: "trim" },
      ],
      VALUE,
    ),
    client_ip_address: mostly<Json>(["payload.client_ip_address"], COPY),
    fbc: mostly<Json>(["payload.fbc", { from: "payload.fbc", normalize: "trim" }], VALUE),
    "*": mostly<Json>(["payload", { from: "payload", except: ["lead_id"] }], REST),
  },
  { requiredKeys: ["em"] },
);

const CUSTOM_DATA = fc.record(
  {
    x_one: mostly<Json>(
      [
        "payload.note",
        { from: "payload.note", as: "string" },
        { from: "payload.order_id", normalize: "lowercase" },
        { from: "payload.content_name", map: { Cup: "cup" }, default: "none" },
      ],
      fc.oneof(VALUE, COPY, AS),
    ),
    "a.b": mostly<Json>(["payload.note"], COPY),
    value: mostly<Json>(
      ["payload.value", { value: 12.5 }, { from: "payload.value", default: 0 }],
      COPY,
    ),
    currency: mostly<Json>(["payload.currency", { value: "EUR" }], COPY),
    content_name: mostly<Json>(["payload.content_name", LOWER_NAME], fc.oneof(COPY, VALUE)),
    content_ids: mostly<Json>(
      ["payload.content_ids", { each: "payload.items", item: ["item.a", "item"] }],
      COPY,
    ),
    contents: fc.constantFrom<Json>(
      { each: "payload.items", item: { id: "item.a", "*": "item" } },
      "payload.contents",
    ),
    num_items: mostly<Json>(["payload.num_items"], COPY),
    "*": mostly<Json>(
      ["payload", "payload.custom_data", ["payload.custom_data", "payload"], ["payload", "key"]],
      REST,
    ),
  },
  { requiredKeys: [] },
);

const EVENT = fc.record(
  {
    event_name: fc.constantFrom<Json>("event_name", ["payload.event", "event_name"], {
      from: "event_name",
      map: { Sale: "Purchase" },
      default: "Lead",
    }),
    event_time: fc.constant("occurred_at"),
    event_id: fc.constantFrom<Json>("identity", ["key.a", "identity"]),
    action_source: fc.constantFrom<Json>(
      { value: "website" },
      { from: "payload.channel", default: "app" },
    ),
    event_source_url: fc.constantFrom<Json>("payload.url", [
      "payload.event_source_url",
      "payload.url",
    ]),
    user_data: USER_DATA,
    custom_data: fc.oneof(
      { weight: 7, arbitrary: CUSTOM_DATA },
      fc.constant<Json>("payload.custom_data"),
    ),
    data_processing_options: mostly<Json>([{ value: ["LDU"] }, "payload.options"], COPY),
    opt_out: mostly<Json>(["payload.opt_out"], COPY),
    app_data: mostly<Json>([{ "*": "payload" }], fc.record({ "*": REST })),
    "*": mostly<Json>(["payload"], REST),
  },
  { requiredKeys: ["event_name", "event_time", "action_source", "user_data"] },
);

const ONLY_IF = fc.constantFrom<Json>(
  { from: "payload.opt_out", map: { true: false }, default: true },
  { from: "payload.opt_in", default: true },
);

const EVENTS = fc.record(
  {
    mapping: fc.constant(1),
    surface: fc.constant("events"),
    only_if: ONLY_IF,
    require: fc.constantFrom<Json>(
      { any_of: ["user_data.em", "user_data.external_id"] },
      { all_of: ["user_data.em", "event_time"] },
      { all_of: ["custom_data.a.b"] },
    ),
    event: EVENT,
  },
  { requiredKeys: ["mapping", "surface", "event"] },
);

const AUDIENCES = fc.record(
  {
    mapping: fc.constant(1),
    surface: fc.constant("custom_audiences"),
    only_if: ONLY_IF,
    rows: fc.constantFrom("separate", "combined"),
    require: fc.constantFrom<Json>({ any_of: ["EMAIL", "MADID"] }, { all_of: ["EMAIL"] }),
    schema: fc.record(
      {
        EMAIL: mostly<Json>([EMAIL], HASHED),
        PHONE: mostly<Json>([PHONE, { ...PHONE, country: "payload.country" }], HASHED),
        COUNTRY: mostly<Json>([COUNTRY, { value: "de", hash: "sha256" }], HASHED),
        MADID: mostly<Json>([{ identifier: "madid" }], VALUE),
        EXTERN_ID: mostly<Json>(["payload.order_id", { identifier: "external_id" }], VALUE),
        LOOKALIKE_VALUE: mostly<Json>(["payload.value"], COPY),
        DATA_PROCESSING_OPTIONS: mostly<Json>([{ value: ["LDU"] }, "payload.options"], COPY),
        "*": mostly<Json>(["payload"], REST),
      },
      { requiredKeys: ["EMAIL"] },
    ),
  },
  { requiredKeys: ["mapping", "surface", "schema"] },
);

/** Mappings as they are written; not all of them are sound. */
export const MAPPINGS: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 3, arbitrary: EVENTS },
  { weight: 2, arbitrary: AUDIENCES },
);

const TEXT = fc.oneof(
  fc.constantFrom("x", "US", "EUR", "1990-02-03", "0", "true", "website", "12.50", "Müller"),
  fc.constantFrom(
    " ",
    "",
    " a ",
    "\u00a0",
    "\u2028",
    'a"b',
    "a\\b",
    "a\nb\u0000",
    "\ud83d\ude00 ok",
    "\u007f",
  ),
  fc.constantFrom(
    "1 = 1",
    "a@b",
    "a@example.test",
    "+49 30 1234567",
    "50 %",
    "[1, 2]",
    '{"a": "x"}',
    "{",
  ),
  fc.constantFrom("f".repeat(64), "F".repeat(64), `${"a".repeat(64)}.AQ`, "y".repeat(300)),
  fc.constantFrom(
    "https://shop.example.test/a?b=1",
    "https://shop.example.test/?email=a%40example.test",
    "https://shop.example.test/ä?q=%20",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const NUMBER = fc.oneof(
  fc.constantFrom(0, -0, 1, 7, -1.5, 2 ** 40, 1e-7, 0.1 + 0.2, 19.99, 1.005, 9_999_999.99, 1e7),
  fc.constantFrom(2 ** 53 - 1, 1.5e300, 1_777_550_400, 1_777_550_400_000),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const LEAF: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: TEXT },
  { weight: 3, arbitrary: NUMBER },
  fc.constantFrom(null, true, false),
);
const NAME = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PLAIN_NAMES) },
  fc.constantFrom(...NAMES),
);
const JSON_VALUE = fc.letrec<{ json: Json; object: JsonObject }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: LEAF },
    fc.array(tie("json"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(NAME, tie("json"), { maxKeys: 4, noNullPrototype: true }),
}));

/** Values that the spec takes where they stand. */
const FITTING: fc.Arbitrary<JsonObject> = fc.record(
  {
    a: fc.constantFrom<Json>("x", "one", "text with blanks"),
    value: fc.constantFrom<Json>(0, 12, 19.99, "7.5", 1e-7),
    currency: fc.constantFrom("EUR", "USD"),
    order_id: fc.constantFrom<Json>("o-1", "ä-2", 17),
    content_ids: fc.constantFrom<Json>(["S-1", "S-2"], ["S-1"], [], [" S-1 "], ["S-1", "S-1"]),
    num_items: fc.constantFrom<Json>(1, 2),
    content_name: fc.constantFrom<Json>("Cup", 'A "cup"', "Ça"),
    items: fc.constantFrom<Json>([{ a: "S-1" }], [{ a: "S-1" }, { a: "S-2", quantity: 2 }]),
    contents: fc.constantFrom<Json>([{ id: "S-1", quantity: 1 }], [{ quantity: 1, id: "S-1" }], []),
    url: fc.constantFrom("https://shop.example.test/a", "https://shop.example.test/a?b=1"),
    note: JSON_VALUE.json,
    country: fc.constantFrom("US", "de"),
    client_ip_address: fc.constantFrom("192.0.2.1", "2001:db8::1"),
    fbc: fc.constantFrom("fb.1.1.abc", " fb.1.1.abc "),
    opt_out: fc.constantFrom<Json>(true, false, 0, "true"),
    options: fc.constantFrom<Json>(["LDU"], ["LDU"], [], "LDU", ["BDU"]),
    custom_data: fc.constantFrom<Json>({ value: 1 }, { c: "x", b: [1, "2"] }, {}, "{}", "text"),
  },
  { requiredKeys: [] },
);
const PAYLOAD = fc
  .tuple(FITTING, JSON_VALUE.object, fc.constantFrom("none", "none", "before", "before", "behind"))
  .map(([fitting, wild, where]): JsonObject => {
    if (where === "none") return fitting;
    return where === "before" ? { ...wild, ...fitting } : { ...fitting, ...wild };
  });

const PERSON = fc.constantFrom(
  ...["a@example.test", "b@example.test", " B@example.test ", "ä@example.test"],
  ...["x".repeat(63), "0".repeat(64), ""],
);
const IDENTIFIER = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("email"), value: PERSON }) },
  fc.record({
    type: fc.constant("phone"),
    value: fc.constantFrom("+4930 23125003", "(650) 555-1212"),
  }),
  fc.record({ type: fc.constant("external_id"), value: fc.constantFrom<Json>("C-1", 17, "c@d") }),
  fc.record({ type: fc.constantFrom(...TYPES, "constructor"), value: LEAF }),
);

/** Records that a mapping of either surface takes. */
export const RECORD_VALUES: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      operation: fc.constantFrom("upsert", "upsert", "remove"),
      event_name: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom("Lead", "Purchase", "Sale", "Ölwechsel") },
        LEAF,
      ),
      occurred_at: fc.oneof(
        {
          weight: 8,
          arbitrary: fc.constantFrom<Json>("2026-04-30T12:00:00Z", 1_777_550_400, "1777550400"),
        },
        LEAF,
      ),
      key: fc.oneof({ weight: 3, arbitrary: fc.constant({ a: "k-1" }) }, JSON_VALUE.object),
      payload: PAYLOAD,
      identifiers: fc
        .tuple(
          PERSON,
          fc.oneof(
            { weight: 2, arbitrary: fc.constant([]) },
            fc.array(IDENTIFIER, { maxLength: 3 }),
          ),
        )
        .map(([value, others]) => [{ type: "email", value }, ...others]),
    },
    { requiredKeys: ["event_name", "occurred_at", "payload", "identifiers"] },
  )
  .map((record): JsonObject => ({ operation: "upsert", ...record }));
