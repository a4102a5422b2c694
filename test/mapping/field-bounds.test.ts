import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { violationText } from "../../src/core/violation-text.js";
import { boundsFault } from "../../src/mapping/field-bounds.js";

describe("the bounds of a field", () => {
  it.each([
    ["no more characters than there may be", { maxLength: 2 }, "ab", undefined],
    ["characters, not their halves", { maxLength: 2 }, "\ud83d\ude00\ud83d\ude00", undefined],
    ["a text that is too long", { maxLength: 2 }, "abc", { limit: 2, keyword: "maxLength" }],
    ["a text of the form", { pattern: "^a+$" }, "aa", undefined],
    ["a text of another form", { pattern: "^a+$" }, "b", { pattern: "^a+$", keyword: "pattern" }],
    ["the least number", { minimum: 2 }, 2, undefined],
    ["a number below it", { minimum: 2 }, 1.9, { limit: 2, keyword: "minimum" }],
    ["the greatest number", { maximum: 3 }, 3, undefined],
    ["a number above it", { maximum: 3 }, 3.1, { limit: 3, keyword: "maximum" }],
    ["any text where there are none", {}, "x", undefined],
    ["any number where there are none", {}, -1e300, undefined],
  ])("are held as the spec has them: %s", (_, bounds, value, fault) => {
    const { keyword = "", ...params } = fault ?? {};
    const said = fault === undefined ? undefined : violationText(keyword, params);
    expect(boundsFault(bounds)(value)).toBe(said);
  });

  it("refuse what JSON Schema refuses of texts and numbers, and nothing else", () => {
    const all = [
      ...[{}, { pattern: "^a" }, { pattern: "^\\d{1,3}$" }, { pattern: "\\p{L}", maxLength: 1 }],
      ...[{ maxLength: 0 }, { maxLength: 4 }, { minimum: 0 }, { maximum: 1 }],
      ...[
        { minimum: -1, maximum: 2 },
        { minimum: 2, maximum: 1, maxLength: 2 },
      ],
    ];
    const ajv = new Ajv2020({ strictTypes: false });
    const judges = all.map((bounds) => ({
      isValid: ajv.compile(bounds),
      fault: boundsFault(bounds),
    }));
    const value = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 5 }),
      fc.constantFrom("a", "12", "1234", "\ud83d\ude00"),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.integer({ min: -4, max: 4 }),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...judges), value, ({ isValid, fault }, one) => {
        const isTaken = isValid(one);
        expect(fault(one) === undefined).toBe(isTaken);
        if (!isTaken) refused += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
