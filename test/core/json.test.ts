import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cleanJson,
  describeJsonFault,
  isJsonObject,
  MAX_JSON_DEPTH,
  ownValue,
  parseJson,
} from "../../src/core/json.js";

function nested(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

describe("JSON text", () => {
  it.each([
    ["", "syntax", []],
    ["{", "syntax", []],
    ["NaN", "syntax", []],
    ['{"a":[1,9007199254740993]}', "unsafe_integer", ["a", 1]],
    ["-9007199254740992", "unsafe_integer", []],
    ["12345678901234567890", "unsafe_integer", []],
    ['{"a":1e400}', "not_finite", ["a"]],
    ['["\\ud800"]', "lone_surrogate", [0]],
    ['{"\\udc00":1}', "lone_surrogate", ["\udc00"]],
  ] as const)("%s is refused: %s at %j", (text, reason, path) => {
    expect(parseJson(text)).toEqual({ ok: false, error: { reason, path } });
  });

  it.each(["9007199254740991", "0.1", '"\\ud83d\\ude00"', "null", "[]", "{}"])(
    "%s is read",
    (text) => {
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    },
  );

  it("is read to a depth of 64, and refused beyond without a crash", () => {
    expect(parseJson(nested(MAX_JSON_DEPTH)).ok).toBe(true);
    for (const levels of [MAX_JSON_DEPTH + 1, 5_000, 200_000])
      expect(parseJson(nested(levels))).toMatchObject({ ok: false, error: { reason: "too_deep" } });
  });

  it("loses __proto__ and keeps other odd names as own properties", () => {
    const read = parseJson('{"__proto__":{"admin":true},"constructor":1,"toString":2}');
    expect(read).toEqual({ ok: true, value: { constructor: 1, toString: 2 } });
    const object = read.ok && isJsonObject(read.value) ? read.value : {};
    expect(ownValue(object, "admin")).toBeUndefined();
    expect(ownValue(object, "valueOf")).toBeUndefined();
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});

describe("a value from code", () => {
  it("has its keys sorted by code units, at every level", () => {
    const cleaned = cleanJson({ b: { d: 1, c: 2 }, a: [{ z: 1, Z: 2, "\u00e4": 3 }] });
    expect(JSON.stringify(cleaned)).toBe(
      '{"ok":true,"value":{"a":[{"Z":2,"z":1,"ä":3}],"b":{"c":2,"d":1}}}',
    );
  });

  it("is returned as it is when it is clean, without a copy", () => {
    const value = { a: [1, { b: null }], c: "x" };
    const cleaned = cleanJson(value);
    expect(cleaned.ok && cleaned.value).toBe(value);
  });

  it("may hold dates, safe bigints, undefined and objects without prototype", () => {
    const bare: object = Object.assign(Object.create(null), { a: 1 });
    expect(
      cleanJson({ at: new Date(0), big: 7n, none: undefined, list: [undefined, 1], bare }),
    ).toEqual({
      ok: true,
      value: { at: "1970-01-01T00:00:00.000Z", big: 7, list: [null, 1], bare: { a: 1 } },
    });
  });

  it.each([
    ["unsafe_integer", 2 ** 53],
    ["unsafe_integer", -(2n ** 60n)],
    ["not_finite", NaN],
    ["not_finite", -Infinity],
    ["not_json", Symbol("x")],
    ["not_json", () => 1],
    ["not_json", new Map()],
    ["not_json", new Date(NaN)],
    ["not_json", /x/],
  ])("is refused: %s", (reason, inner) => {
    expect(cleanJson({ a: [inner] })).toEqual({ ok: false, error: { reason, path: ["a", 0] } });
  });

  it("may be its own part, and is then too deep", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(cleanJson(loop)).toMatchObject({ ok: false, error: { reason: "too_deep" } });
  });

  it("is refused in words that hold no value", () => {
    expect(describeJsonFault({ reason: "unsafe_integer", path: [] })).toBe(
      "is a whole number beyond 2^53, which JSON numbers cannot hold; send it as text",
    );
    expect(describeJsonFault({ reason: "too_deep", path: [] })).toBe(
      "is nested deeper than 64 levels",
    );
  });

  it("cleaned once is clean, and equals what went in", () => {
    const safe = fc.jsonValue({ stringUnit: "grapheme" });
    fc.assert(
      fc.property(safe, (value) => {
        const once = cleanJson(value);
        if (!once.ok) return;
        const twice = cleanJson(once.value);
        expect(twice.ok && twice.value).toBe(once.value);
      }),
    );
  });
});
