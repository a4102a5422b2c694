import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, fitted } from "../../src/report/fit.js";
import { left, right, textTable } from "../../src/report/table.js";

const TABLE = textTable(
  [left("LOOK AT"), right("VALUES"), left("WHAT TO DO")],
  [
    [
      "EMAIL",
      "12",
      "At domains for tests and examples, which nobody has. Leave these records out.",
    ],
    ["PHONE", "3", "Left out."],
  ],
);

describe("a text on a terminal", () => {
  it("goes on below the last column of a table", () => {
    expect(fitted(TABLE, 60)).toBe(`LOOK AT  VALUES  WHAT TO DO
EMAIL        12  At domains for tests and examples, which
                 nobody has. Leave these records out.
PHONE         3  Left out.`);
  });

  it("goes on a little further in where there is no column, or none that is wide enough", () => {
    expect(fitted("  A sentence that is longer than the terminal is wide.", 30)).toBe(
      "  A sentence that is longer\n    than the terminal is wide.",
    );
    expect(fitted("There is no store yet.", 16)).toBe("There is no\n  store yet.");
    expect(fitted(TABLE, 36)).toContain("EMAIL        12  At domains for\n  tests and examples");
  });

  it("stays as it is where it fits, where it has no blank to break at, and where nobody watches", () => {
    expect(fitted(TABLE, 200)).toBe(TABLE);
    expect(fitted(TABLE, undefined)).toBe(TABLE);
    expect(fitted(`${"x".repeat(30)} y`, 20)).toBe(`${"x".repeat(30)} y`);
    expect(fitted(`A file named ${"x".repeat(30)}`, 20)).toBe(`A file named\n  ${"x".repeat(30)}`);
  });

  it("loses no word, and is no wider than the terminal where its words are not", () => {
    const word = fc.stringMatching(/^[a-z.,]{1,12}$/);
    const gap = fc.constantFrom(" ", "  ", "     ", "\n");
    const text = fc
      .array(fc.tuple(gap, word), { maxLength: 40 })
      .map((parts) => parts.flat().join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 120 }), (given, columns) => {
        const broken = fitted(given, columns);
        expect(broken.match(/\S+/g)).toEqual(given.match(/\S+/g));
        for (const line of broken.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

it("a line that is written over is cut where the terminal ends", () => {
  expect(cut("12,000 records read (1,000/s)", 20)).toBe("12,000 records rea…");
  expect(cut("12 records read", 20)).toBe("12 records read");
  expect(cut("12,000 records read (1,000/s)", undefined)).toBe("12,000 records read (1,000/s)");
});
