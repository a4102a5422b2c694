import { describe, expect, it } from "vitest";
import { isNormalizerName, NORMALIZER_NAMES, NORMALIZERS } from "../../src/normalize/index.js";

describe("the normalisers", () => {
  it.each([
    ["trim", " \u00a0a b\u2003\n", "a b"],
    ["lowercase", "ÀB Straße İ", "àb straße i̇"],
    ["uppercase", "àb i", "ÀB I"],
    ["digits", "+1 (650) 555-1212 ext ٣", "16505551212"],
    ["digits", "none", ""],
    ["remove_spaces", "user\u00a0id 456", "userid456"],
    ["alphanumeric", "Ab-1 _é\u0301 佐藤!", "Ab1é\u0301佐藤"],
  ] as const)("%s makes of %j %j", (name, given, expected) => {
    expect(NORMALIZERS[name](given)).toBe(expected);
  });

  it("are all those that have names, and no others", () => {
    expect(Object.keys(NORMALIZERS)).toEqual([...NORMALIZER_NAMES]);
    expect(NORMALIZER_NAMES.every(isNormalizerName)).toBe(true);
    for (const name of ["toString", "constructor", "__proto__", "Trim", ""])
      expect(isNormalizerName(name)).toBe(false);
  });
});
