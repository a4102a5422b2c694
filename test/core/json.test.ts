import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_JSON_DEPTH,
  cleanJson,
  copyJson,
  describeJsonFault,
  isJsonObject,
  objectIn,
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
  it("has of several faults the first by name, however they are ordered", () => {
    const fault = { ok: false, error: { reason: "not_finite", path: ["a", 0, "Z"] } };
    expect(cleanJson({ b: NaN, a: [{ z: 2n ** 60n, Z: NaN, "\u00e4": NaN }] })).toEqual(fault);
    expect(cleanJson({ a: [{ Z: NaN, "\u00e4": NaN, z: 2n ** 60n }], b: NaN })).toEqual(fault);
  });

  it("is returned as it is when it is clean, without a copy", () => {
    const value = { c: "x", a: [1, { b: null }] };
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

  it("is cleaned alike whether something in it has to be cleaned or not", () => {
    const safe = fc.jsonValue({ stringUnit: "grapheme" });
    fc.assert(
      fc.property(safe, (value) => {
        const alone = cleanJson({ value });
        expect(cleanJson({ value, none: undefined })).toEqual(alone);
      }),
    );
  });

  it("is copied without a part that is the same object", () => {
    const given = { a: [{ b: { c: 1 } }], d: { e: "x" }, f: null };
    const copy = copyJson(given);
    expect(copy).toEqual(given);
    given.a[0] = { b: { c: 2 } };
    given.d.e = "y";
    expect(copy).toEqual({ a: [{ b: { c: 1 } }], d: { e: "x" }, f: null });
  });

  it("is read back from a text of our own, however deep it stands there", () => {
    const deep = `{"a":${"[".repeat(80)}${"]".repeat(80)}}`;
    expect(JSON.stringify(objectIn(deep))).toBe(deep);
    expect(() => objectIn("[]")).toThrow("the text holds no object");
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
