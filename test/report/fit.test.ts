import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, fitted } from "../../src/report/fit.js";
import { narrowTables } from "../../src/report/narrow-table.js";
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
  });

  it("tells a table row by row where its last column has no room", () => {
    expect(fitted(`Before:\n\n${TABLE}\n\nA sentence behind the table of fields.`, 36))
      .toBe(`Before:

look at: EMAIL
  values: 12
  what to do: At domains for tests
    and examples, which nobody has.
    Leave these records out.
look at: PHONE
  values: 3
  what to do: Left out.

A sentence behind the table of
  fields.`);
  });

  it("keeps numbers with their titles, whichever of the two is wider, and leaves empty cells out", () => {
    const table = textTable(
      [right("RUN"), left("SYNC"), ...["READ", "ALREADY THERE", "REJECTED"].map(right)],
      [
        ["1", "vip customers", "12,000,000", "", "7"],
        ["12", "a", "3", "4,000", ""],
      ],
    );
    expect(fitted(table, 200)).toBe(table);
    expect(fitted(table, 40)).toBe(`run: 1
  sync: vip customers
  read: 12,000,000
  rejected: 7
run: 12
  sync: a
  read: 3
  already there: 4,000`);
  });

  it("takes every cell of any table to its title", () => {
    const cell = fc.stringMatching(/^[a-z0-9]{1,9}( [a-z0-9]{1,9})?$/);
    const title = fc.stringMatching(/^[A-Z]{1,9}( [A-Z]{1,9})?$/);
    const column = fc.tuple(title, fc.boolean());
    const tables = fc.array(column, { minLength: 2, maxLength: 6 }).chain((columns) =>
      fc.tuple(
        fc.constant(columns),
        fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
          minLength: 1,
          maxLength: 4,
        }),
      ),
    );
    fc.assert(
      fc.property(tables, ([columns, rows]) => {
        const table = textTable(
          columns.map(([name, isNumber]) => (isNumber ? right(name) : left(name))),
          rows,
        );
        expect(narrowTables(table.split("\n"), 1)).toEqual(
          rows.flatMap((row) =>
            row.map((value, index) => {
              const [name = ""] = columns[index] ?? [];
              return `${index === 0 ? "" : "  "}${name.toLowerCase()}: ${value}`;
            }),
          ),
        );
      }),
    );
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
