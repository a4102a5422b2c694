import { describe, expect, it } from "vitest";
import { graphValidator } from "../../src/core/ajv.js";
import { violationText } from "../../src/core/violation-text.js";
import { GRAPH_SCHEMAS } from "../../src/generated/schemas.js";

/** Keywords that hold other schemas, or hold a value to nothing. */
const SILENT = new Set([
  "$defs",
  "$id",
  "$ref",
  "$schema",
  "default",
  "description",
  "format",
  "properties",
  "title",
]);

/** The keywords of a schema that can refuse a value. */
function keywordsOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keywordsOf);
  return Object.entries(schema).flatMap(([keyword, inner]: [string, unknown]) => {
    const named = keyword === "$defs" || keyword === "properties";
    const parts = named ? Object.values(inner ?? {}) : [inner];
    return [...(SILENT.has(keyword) ? [] : [keyword]), ...parts.flatMap(keywordsOf)];
  });
}

const OTHER = "is not as Meta's spec says";

describe("what the spec refuses", () => {
  it("is told in words of ours for every keyword that it uses", () => {
    const keywords = [...new Set(keywordsOf(GRAPH_SCHEMAS))].filter(
      (keyword) => !keyword.startsWith("x-") && keyword !== "prefixItems",
    );
    expect(keywords).toContain("pattern");
    expect(keywords.filter((keyword) => violationText(keyword, {}) === OTHER)).toEqual([]);
    expect(violationText("toString", {})).toBe(OTHER);
  });

  it.each([
    ["type", { type: "integer" }, "must be a whole number"],
    ["type", { type: "string,null" }, "must be text or null"],
    ["type", { type: ["array", "object"] }, "must be a list or an object"],
    ["enum", { allowedValues: ["a", 2] }, "must be one of `a`, `2`"],
    [
      "enum",
      { allowedValues: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
      "must be one of `1`, `2`, `3`, `4`, `5`, `6`, `7`, `8` and 2 more",
    ],
    ["const", { allowedValue: true }, "must be `true`"],
    ["required", {}, "is missing"],
    ["additionalProperties", {}, "is not a field that Meta knows"],
    ["uniqueItems", {}, "holds the same entry twice"],
    ["minItems", { limit: 1 }, "must have at least 1 entry"],
    ["maxItems", { limit: 3 }, "must have at most 3 entries"],
    ["items", { limit: 3 }, "must have at most 3 entries"],
    ["minimum", { limit: 0 }, "must be at least 0"],
    ["maximum", { limit: 9 }, "must be at most 9"],
    ["maxLength", { limit: 50 }, "must have at most 50 characters"],
    ["minProperties", { limit: 1 }, "must have at least 1 field"],
    ["maxProperties", { limit: 2 }, "must have at most 2 fields"],
    ["anyOf", {}, "has none of the forms that Meta takes"],
    ["pattern", { pattern: "^[A-Za-z]{3}$" }, "must be 3 letters from A to Z"],
    ["pattern", { pattern: "^[0-9]{15,17}$" }, "must be 15 to 17 digits"],
    ["pattern", { pattern: "^[A-Za-z0-9]*$" }, "must be of letters from A to Z and digits only"],
    [
      "pattern",
      { pattern: "^[0-9a-f]{64}(\\.[A-Za-z0-9_-]{2})?$" },
      "must be 64 hexadecimal digits in lower case, with or without a suffix",
    ],
    ["pattern", { pattern: "^fb\\.$" }, "must be of the form `^fb\\.$`"],
  ])("by `%s` %j", (keyword, params, sentence) => {
    expect(violationText(keyword, params)).toBe(sentence);
  });

  it("is no pattern anywhere in the spec", () => {
    const patterns = JSON.stringify(GRAPH_SCHEMAS).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g);
    for (const [, pattern = ""] of patterns) {
      const sentence = violationText("pattern", { pattern: JSON.parse(pattern) });
      expect(sentence).not.toContain("`");
    }
  });

  it("comes with the place of the field", () => {
    expect(graphValidator("CustomData")({ currency: "EURO" })).toEqual([
      {
        pointer: "/currency",
        keyword: "pattern",
        message: "must be 3 letters from A to Z",
      },
    ]);
  });
});
