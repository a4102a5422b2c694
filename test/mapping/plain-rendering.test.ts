/** Random mappings over random records: `render` holds each to the plain rendering, byte for byte. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { NORMALIZER_NAMES } from "../../src/normalize/index.js";
import { render } from "./render.js";

const NAMES = ["a", "b", "c", "value", "email", "items"];
const TYPES = ["email", "phone", "country", "date_of_birth"];

const PATH = fc
  .tuple(
    fc.constantFrom("payload", "key"),
    fc.constantFrom(...NAMES),
    fc.constantFrom("", ".a", ".0"),
  )
  .map(([root, name, rest]) => `${root}.${name}${rest}`);
const SOURCE = fc.oneof(
  fc.record({ from: fc.uniqueArray(PATH, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    identifier: fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 2 }),
  }),
);
const WORD = fc.constantFrom("x", "1", "US", "16505551212", "a@example.test");
const STEPS = fc.record(
  {
    map: fc.dictionary(WORD, WORD, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    default: WORD,
    normalize: fc.array(fc.constantFrom(...NORMALIZER_NAMES), { minLength: 1, maxLength: 2 }),
    hash: fc.constant("sha256"),
  },
  { requiredKeys: [] },
);
const VALUE = fc.tuple(SOURCE, STEPS).map(([source, steps]) => ({ ...source, ...steps }));
const REST = fc.uniqueArray(fc.constantFrom("payload", "payload.a", "key"), {
  minLength: 1,
  maxLength: 2,
});

const EVENT = fc.record({
  user_data: fc.record(
    {
      em: VALUE.map((form) => ({ ...form, hash: "sha256" })),
      ph: VALUE.map((form) => ({ ...form, hash: "sha256" })),
      "*": REST,
    },
    { requiredKeys: ["em"] },
  ),
  custom_data: fc.record(
    {
      x_one: VALUE,
      x_two: VALUE,
      value: fc.record({ from: PATH }),
      content_ids: fc.constant({ each: "payload.items", item: ["item.a", "item"] }),
      contents: fc.constant({ each: "payload.items", item: { id: "item.a", "*": "item" } }),
      "*": REST,
    },
    { requiredKeys: ["x_one"] },
  ),
});

const SCHEMA = fc.record(
  {
    EMAIL: VALUE.map((form) => ({ ...form, hash: "sha256" })),
    MADID: SOURCE,
    LOOKALIKE_VALUE: fc.record({ from: PATH }),
    "*": REST,
  },
  { requiredKeys: ["EMAIL"] },
);

const LEAF = fc.oneof(
  WORD,
  fc.constantFrom(" ", "", "[1, 2]", '{"a": "x"}', "0", "true", "1990-02-03", "Müller"),
  fc.constantFrom(null, true, false, 0, 7, -1.5, 2 ** 40),
);
const FIELDS = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof(
    LEAF,
    fc.array(LEAF, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), LEAF, { noNullPrototype: true }),
    fc.array(fc.dictionary(fc.constantFrom(...NAMES), LEAF, { noNullPrototype: true }), {
      maxLength: 3,
    }),
  ),
  { noNullPrototype: true },
);
const RECORD: fc.Arbitrary<JsonObject> = fc.record({
  key: FIELDS,
  payload: FIELDS,
  identifiers: fc.array(fc.record({ type: fc.constantFrom(...TYPES), value: LEAF }), {
    maxLength: 4,
  }),
});

it("any mapping that is sound renders any record as its forms say one by one", () => {
  let rendered = 0;
  const mapping = fc.oneof(
    EVENT.map((event) => ({ mapping: 1, surface: "events", event })),
    SCHEMA.map((schema) => ({ mapping: 1, surface: "custom_audiences", schema })),
  );
  fc.assert(
    fc.property(mapping, fc.array(RECORD, { minLength: 1, maxLength: 4 }), (written, records) => {
      const { mapping: checked } = readMapping(JSON.stringify(written), "mapping.yaml");
      if (checked === undefined) return;
      for (const record of records) render(checked, record);
      rendered += records.length;
    }),
    { numRuns: 1500, seed: 7 },
  );
  expect(rendered).toBeGreaterThan(1000);
});
