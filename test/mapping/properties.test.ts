import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanJson, parseJson, type Json } from "../../src/core/json.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { render, sound } from "./render.js";

/** Names that every object has, and names that generated code could trip over. */
const RISKY = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "then",
  "toJSON",
  "length",
  "0",
  "-1",
  "${globalThis}",
  "`",
  '"',
  "\\",
  "\u2028",
  "a.b",
  "*",
);

const NAME = fc.oneof(RISKY, fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }));
const PLAIN_NAME = NAME.filter(
  (name) => name !== "__proto__" && name !== "*" && name.trim() !== "",
);

/** Any JSON, with risky names; as text, since only text can hold `__proto__` as a name. */
const JSON_TEXT: fc.Arbitrary<string> = fc.letrec<{ json: string; object: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom("null", "true", "false", '""', '" "', '"text"', '"12"', '"[1,2]"', '"{}"'),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
    fc.integer().map(String),
    NAME.map((name) => JSON.stringify(name)),
    fc.array(tie("json"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(NAME, tie("json")), { maxLength: 5 })
    .map((pairs) => `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${one}`).join(",")}}`),
})).json;

const RECORD = fc.record(
  {
    event_name: JSON_TEXT,
    occurred_at: JSON_TEXT,
    key: JSON_TEXT,
    payload: JSON_TEXT,
    email: JSON_TEXT,
    madid: JSON_TEXT,
  },
  { requiredKeys: [] },
);

function recordOf(texts: Partial<Record<string, string>>): Readonly<Record<string, Json>> {
  const value = (name: string): Json => {
    const parsed = parseJson(texts[name] ?? "null");
    return parsed.ok ? parsed.value : null;
  };
  const object = (name: string): Json => {
    const inner = value(name);
    return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : { inner };
  };
  return {
    event_name: value("event_name"),
    occurred_at: value("occurred_at"),
    key: object("key"),
    payload: object("payload"),
    identifiers: ["email", "madid"].map((type) => ({ type, value: value(type) })),
  };
}

const EVERYTHING = sound(`
mapping: 1
surface: events
only_if: {from: payload.consent, map: {"no": false}, default: true}
event:
  event_name: [event_name, payload.event_name]
  event_id: [key.event_id, identity]
  event_time: occurred_at
  opt_out: payload.constructor
  user_data:
    em: {identifier: [email, madid], normalize: [lowercase, alphanumeric], hash: sha256}
    external_id: payload.toString
    "*": payload
  app_data: {extinfo: payload.length, "*": [payload.then, payload]}
  custom_data:
    value: payload.0
    contents: {each: payload.a, item: {id: item.b, "*": item}}
    since: {from: key.since, as: date}
    mapped: {from: payload.valueOf, map: {constructor: a, text: b}, default: c}
    "*": [payload.prototype, key, payload]
  "*": payload
`);

const AUDIENCE = sound(`
mapping: 1
surface: custom_audiences
schema:
  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
  MADID: {identifier: [madid, email]}
  LOOKALIKE_VALUE: payload.0
  "*": payload
`);

describe("any record", () => {
  it("is rendered or has a fault, the same from records and from columns, and never throws", () => {
    fc.assert(
      fc.property(RECORD, fc.constantFrom(EVERYTHING, AUDIENCE), (texts, mapping) => {
        const given = recordOf(texts);
        const { result, fault, request } = render(mapping, given);
        expect(result !== undefined || fault !== undefined).toBe(true);
        expect(cleanJson(result ?? null).ok).toBe(true);
        expect(JSON.stringify([result, request])).not.toContain('"__proto__":');
        expect(Object.prototype).not.toHaveProperty("polluted");
      }),
      { numRuns: 1500, seed: 11 },
    );
  });
});

describe("any name in a mapping", () => {
  it("is a name and nothing more: of custom properties, in `map`, in constants", () => {
    fc.assert(
      fc.property(PLAIN_NAME, PLAIN_NAME, PLAIN_NAME, (property, key, constant) => {
        const mapping = JSON.stringify({
          mapping: 1,
          surface: "events",
          event: {
            custom_data: Object.fromEntries([
              [`x_${property}`, { from: "payload.x", map: Object.fromEntries([[key, constant]]) }],
            ]),
          },
        });
        const { mapping: checked } = readMapping(mapping, "mapping.yaml");
        if (checked === undefined) throw new TypeError(`a sound mapping: ${mapping}`);
        expect(render(checked, { payload: { x: key } }).result).toEqual({
          custom_data: Object.fromEntries([[`x_${property}`, constant]]),
        });
        expect(render(checked, { payload: { x: "another" } }).result).toBeUndefined();
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it("reads as a path only what the data has of its own", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_$-]{1,8}$/).filter((name) => name !== "__proto__");
    const parts = fc.array(
      fc.oneof(
        part,
        RISKY.filter((name) => /^[\w$-]+$/.test(name) && name !== "__proto__"),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(parts, (path) => {
        const mapping = sound(
          `mapping: 1\nsurface: events\nevent:\n  custom_data: {x: payload.${path.join(".")}}\n`,
        );
        const nested = path.reduceRight<Json>((inner, name) => ({ [name]: inner }), "found");
        expect(render(mapping, { payload: nested }).result).toEqual({
          custom_data: { x: "found" },
        });
        expect(render(mapping, { payload: {} }).result).toBeUndefined();
        expect(render(mapping, { payload: { [path[0] ?? ""]: "text" } }).result).toEqual(
          path.length === 1 ? { custom_data: { x: "text" } } : undefined,
        );
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});

describe("any text in place of a mapping", () => {
  it("is a mapping or gets diagnostics; reading it never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), JSON_TEXT), (text) => {
        const { mapping, diagnostics } = readMapping(text, "mapping.yaml");
        expect(mapping !== undefined || diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 500, seed: 14 },
    );
  });
});
