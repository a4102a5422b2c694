import { describe, expect, it } from "vitest";
import { catalogueMessage, readingMessage } from "../../src/sources/engine-message.js";

describe("an engine's message while rows are read", () => {
  it.each([
    [
      "Conversion Error: Could not convert string 'Zo\u00eb O'Hara\n\nsecret' to INT32 when casting from source column n\n\nLINE 1: select 'x', n::int\n               ^",
      "Conversion Error: Could not convert string '…' when casting from source column n",
    ],
    [
      "Conversion Error: Type INT64 with value 4930123456 can't be cast because the value is out of range for the destination type INT32",
      "Conversion Error: Type INT64 with value … can't be cast because the value is out of range for the destination type INT32",
    ],
    [
      'Invalid Input Error: Could not parse string "secret" according to format specifier "%Y"\nsecret\n^\nError: Expected a number',
      "Invalid Input Error: Could not parse string '…'",
    ],
    [
      "Invalid Input Error: CSV Error on Line: 3\nOriginal Line: 2,secret@example.test\nPossible fixes:\n* none",
      "line 3: the line cannot be read.",
    ],
    ["Out of Memory Error: failed to allocate", "Out of Memory Error: failed to allocate"],
  ])("%j keeps no value", (message, expected) => {
    expect(readingMessage(new Error(message))).toBe(expected);
  });
});

describe("an engine's message about SQL", () => {
  it("is its first paragraph on one line", () => {
    const message =
      'Failed to extract statements: Parser Error: syntax error at\nor near "x"\n\nPossible fixes: many\n\nLINE 1: x\n        ^';
    expect(catalogueMessage(new Error(message))).toBe('Parser Error: syntax error at or near "x"');
    expect(catalogueMessage("plain")).toBe("plain");
  });
});
