import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  inOrder,
  lineAndColumn,
  oneLine,
  withoutErrors,
  type Diagnostic,
} from "../../src/core/diagnostic.js";
import { canonicalJson, sha256 } from "../../src/core/digest.js";
import { cleanJson } from "../../src/core/json.js";
import { nearName } from "../../src/core/near-name.js";

describe("a near name", () => {
  const known = ["email", "phone_e164", "em", "currency", "custom_data"];

  it.each([
    ["emial", "email"],
    ["EMAIL", "email"],
    ["curency", "currency"],
    ["customdata", "custom_data"],
    ["phone_164", "phone_e164"],
    ["e", "em"],
  ])("of %s is %s", (name, near) => {
    expect(nearName(name, known)).toBe(near);
  });

  it.each(["zip", "", "xxxxxxxx", "phone"])("of %s is none", (name) => {
    expect(nearName(name, ["email", "phone_e164", "currency"])).toBeUndefined();
  });

  it("is the nearest, and of several the first", () => {
    expect(nearName("valu", ["valve", "value", "val"])).toBe("value");
    expect(nearName("ab", ["ac", "ad"])).toBe("ac");
  });
});

describe("a digest", () => {
  it("is SHA-256 of UTF-8 in lower-case hex", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("ä")).toBe("33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc");
  });
});

describe("canonical JSON", () => {
  it("is RFC 8785: sorted by code units, shortest numbers, minimal escapes", () => {
    expect(canonicalJson({ "\u20ac": 1, "\r": 2, "1": 3, "\ud83d\ude00": 4, "\u0080": 5 })).toBe(
      '{"\\r":2,"1":3,"\u0080":5,"€":1,"😀":4}',
    );
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
    expect(canonicalJson('\u0000\b\u000f"\\/\u2028')).toBe('"\\u0000\\b\\u000f\\"\\\\/\u2028"');
  });

  it("is what RFC 8785's reference makes of any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const clean = cleanJson(value);
        if (clean.ok) expect(canonicalJson(clean.value)).toBe(canonicalize(clean.value));
      }),
    );
    const inner = Object.fromEntries(Object.entries({ z: 1, "10": 2, "9": 3, ["__proto__"]: 4 }));
    expect(canonicalJson({ b: [inner], a: null })).toBe(
      '{"a":null,"b":[{"10":2,"9":3,"__proto__":4,"z":1}]}',
    );
  });

  it("is the same whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const other = Object.fromEntries(Object.entries(object).reverse());
        const [a, b] = [cleanJson(object), cleanJson(other)];
        if (a.ok && b.ok) expect(canonicalJson(a.value)).toBe(canonicalJson(b.value));
      }),
    );
  });
});

describe("diagnostics", () => {
  it("stop the work when one is an error", () => {
    const base = {
      code: "cli.usage",
      message: "",
      remedy: "",
      place: { kind: "value", source: "", path: "" },
    } as const;
    const warning: Diagnostic = { ...base, severity: "warning" };
    expect(withoutErrors([warning])).toBe(true);
    expect(withoutErrors([warning, { ...base, severity: "error" }])).toBe(false);
  });

  it("have lines and columns from 1", () => {
    expect(lineAndColumn("ab\ncd", 0)).toEqual({ line: 1, column: 1 });
    expect(lineAndColumn("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
  });
});

describe("a sentence that quotes a file", () => {
  it("is one line, without what a terminal would obey", () => {
    expect(oneLine("`a\r\nb\u001b[2J\u202e` is not a path")).toBe("`a b [2J ` is not a path");
  });

  it("keeps its two ends when it is too long", () => {
    const short = oneLine(`\`${"x".repeat(5_000)}\` is not a path`);
    expect(short).toBe(`\`${"x".repeat(799)}…${"x".repeat(185)}\` is not a path`);
    expect(oneLine(`${"x".repeat(799)}𝄞${"x".repeat(999)}`).isWellFormed()).toBe(true);
  });
});

describe("diagnostics of several files and none", () => {
  it("are one sequence by file and place", () => {
    const at = (file: string, start: number, message: string): Diagnostic => {
      const place = { kind: "text", file, span: { start, end: start + 1 } } as const;
      return { code: "cli.usage", severity: "warning", message, remedy: "", place };
    };
    const code: Diagnostic = {
      ...at("", 0, "code"),
      place: { kind: "value", source: "options", path: "" },
    };
    const found = [
      code,
      at("b", 9, "b9"),
      at("a", 5, "a5"),
      at("b", 2, "b2"),
      at("b", 9, "b9 too"),
    ];
    expect(inOrder(found).map((one) => one.message)).toEqual(["b2", "b9", "b9 too", "a5", "code"]);
  });
});
