import fc from "fast-check";
import type { Json } from "../../src/core/json.js";

/** Mostly paths, with all kinds of slips among them. */
const path = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.constantFrom(
      ...["payload.a", "payload", "key.x", "config.pixel_id", "identity", "payload.items.0.$x-y"],
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom("item.sku", "item") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...["config.nope", "config", "config.pixel_id.x", "identity.x", "website", "", "ITEM.x"],
      ...["payload.__proto__.x", "payload.__proto__", "payload.__proto__x", "payload.a b"],
      ...["payload..a", "payload.", "payload.a\n", "payload.é"],
    ),
  },
);

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 1.5, "true", "12", "x", "", " ", "LDU", "website"),
  path,
);

const listOf = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.array(item, { minLength: 0, maxLength: 3 });
const listOrScalar = fc.oneof(scalar, listOf(scalar));
const normalizers = fc.constantFrom("trim", "lowercase", "digits", "rot13");

const STEPS = ["map", "default", "normalize", "country", "hash", "as", "item", "bogus", "from"];

const { form } = fc.letrec<{ form: Json; steps: Record<string, Json> }>((tie) => ({
  form: fc.oneof(
    { maxDepth: 4 },
    { weight: 16, arbitrary: path },
    { weight: 4, arbitrary: listOf(path) },
    { weight: 1, arbitrary: scalar },
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom("value", "from", "identifier", "each"),
          tie("steps"),
          fc.subarray(STEPS, { maxLength: 2 }),
        )
        .map(([source, all, steps]) =>
          picked(all, [source, ...(source === "each" ? ["item"] : steps)]),
        ),
    },
    { weight: 1, arbitrary: mapOf(["value", "from", "each", "hash", "*", "bogus"], tie("form")) },
    {
      weight: 1,
      arbitrary: mapOf(
        ["id", "quantity", "version", "unit", "value", "em", "type", "*", "attribution_setting"],
        tie("form"),
      ),
    },
  ),
  steps: fc.record({
    value: listOrScalar,
    from: fc.oneof(path, listOf(path), scalar),
    identifier: fc.oneof(fc.constantFrom("email", " "), listOf(fc.constantFrom("email", ""))),
    each: path,
    item: tie("form"),
    map: fc.oneof(mapOf(["a", "b"], scalar), scalar),
    default: listOrScalar,
    normalize: fc.oneof(normalizers, listOf(normalizers), scalar),
    country: tie("form"),
    hash: fc.oneof(fc.constant("sha256"), scalar),
    as: fc.oneof(fc.constantFrom("string", "integer", "boolean", "unix_seconds", "date"), scalar),
    bogus: scalar,
  }),
}));

const event = fc
  .tuple(
    mapOf(["event_name", "event_time", "opt_out", "action_source", "nope", "*"], form),
    mapOf(["data_processing_options", "custom_data", "attribution_data", "app_data"], form),
    some("user_data", mapOf(["em", "external_id", "fbc", "f5first", "*", "nope"], form)),
    some("custom_data", mapOf(["value", "content_ids", "contents", "status", "tier", "*"], form)),
    some("app_data", mapOf(["extinfo", "url_schemes", "*"], form)),
  )
  .map((parts) => merged(parts));

const columns = mapOf(
  ["EMAIL", "MADID", "EXTERN_ID", "LOOKALIKE_VALUE", "DATA_PROCESSING_OPTIONS", "*", "NOPE"],
  form,
);

const request = mapOf(
  ["test_event_code", "platforms", "progress", "trace", "is_raw", "app_ids", "data_source", "*"],
  form,
);

const names = fc.oneof(listOf(fc.constantFrom<Json>("user_data.em", "EMAIL", " ", 1)), scalar);

const example = fc.record(
  {
    given: fc.oneof(fc.constant({}), scalar),
    config: fc.oneof(mapOf(["pixel_id", "nope"], listOrScalar), scalar),
    expect: fc.oneof(fc.constant({}), fc.constant([]), scalar),
    reject: fc.constantFrom<Json>("missing", "withheld", "nope", null),
    bogus: scalar,
  },
  { requiredKeys: ["given"] },
);

const sections = fc
  .tuple(
    some("description", scalar),
    some("require", fc.oneof(mapOf(["any_of", "all_of", "none_of"], names), scalar)),
    some("request", fc.oneof(request, scalar)),
    some("only_if", form),
    some("rows", fc.constantFrom<Json>("separate", "combined", "joined", null)),
    some("examples", fc.oneof(listOf(fc.oneof(example, scalar)), scalar)),
  )
  .chain((parts) => fc.subarray(parts, { maxLength: 1 }))
  .map((parts) => merged(parts));

/** Mappings of which some are sound and most have a mistake or two, of shape or otherwise. */
export const mapping: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom<[string, fc.Arbitrary<Json>][]>(
      ["events", mapOf(["event"], event)],
      ["custom_audiences", mapOf(["schema"], columns)],
    ),
    sections,
  )
  .chain(([[surface, entry], others]) =>
    entry.map((section) => merged([{ mapping: 1, surface }, section, others])),
  );

function mapOf(keys: readonly string[], value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 2 });
}

function some(key: string, value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .option(value, { nil: undefined })
    .map((one) => (one === undefined ? {} : { [key]: one }));
}

function merged(parts: readonly Json[]): Record<string, Json> {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part ?? {})));
}

function picked(all: Record<string, Json>, keys: readonly string[]): Json {
  return Object.fromEntries(keys.map((key) => [key, all[key] ?? null]));
}
