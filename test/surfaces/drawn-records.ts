/** Draws records of which many are ordinary and some are anything else. */
import * as fc from "fast-check";
import type { Json, JsonObject } from "../../src/core/json.js";
import { PLAIN_NAMES, NAMES, TYPES } from "./drawn-names.js";

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
