/** Draws mappings that can be sent. */
import * as fc from "fast-check";
import type { Json, JsonObject } from "../../src/core/json.js";
import { NORMALIZER_NAMES } from "../../src/normalize/index.js";
import { PLAIN_NAMES, TYPES, mostly } from "./drawn-names.js";

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
