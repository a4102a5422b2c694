import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonPage } from "../../src/core/json-page.js";
import { sharedPage } from "../../src/core/shared-page.js";
import { textOf, type Written } from "../../src/core/written.js";
import { pageOf, rowOf, sha256 } from "./written-rows.js";

describe("the page of this process", () => {
  it("is one", () => {
    expect(sharedPage()).toBe(sharedPage());
    expect(sharedPage()).toBeInstanceOf(JsonPage);
  });
});

describe("rows of several sheets", () => {
  it("say what was written, in whatever order and however late they are read", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 });
    const row = fc.record({ text, size: fc.integer({ min: 1, max: 12 }), isKept: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.array(fc.nat(100)), (rows, early) => {
        const page = pageOf(4_000, 40);
        const kept: { readonly row: Written; readonly expected: string }[] = [];
        for (const [index, { text: one, size, isKept }] of rows.entries()) {
          const many = one.repeat(size);
          const made = rowOf((to) => {
            to.digest(many);
            to.text(many);
            if (!isKept) to.giveUp();
          }, page);
          if (made !== undefined)
            kept.push({ row: made, expected: `"${sha256(many)}"${JSON.stringify(many)}` });
          const read = kept[early[index] ?? kept.length];
          if (read !== undefined) expect(textOf(read.row)).toBe(read.expected);
        }
        for (const { row: made, expected } of kept.reverse()) expect(textOf(made)).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });

  it("are many rows, some of them larger than the page", () => {
    const page = pageOf(20_000, 200);
    const rows = Array.from({ length: 5_000 }, (_, index) => {
      const text = `${index % 7 === 0 ? "ä" : "a"}${"x".repeat((index * 37) % 400)}`;
      const size = index % 500 === 499 ? 100 : 1;
      return {
        expected: JSON.stringify(text.repeat(size)),
        row: rowOf((to) => to.text(text.repeat(size)), page),
      };
    });
    const kept = rows.filter(({ row }) => row !== undefined);
    expect(kept.length).toBeGreaterThan(4_980);
    expect(kept.length).toBeLessThan(5_000);
    expect(new Set(kept.map(({ row }) => row?.sheet)).size).toBeGreaterThan(50);
    for (const { row, expected } of kept.toReversed()) expect(row && textOf(row)).toBe(expected);
  });

  it("are what they are after a row that an error kept from its end", () => {
    const page = pageOf(4_000, 20);
    const before = rowOf((to) => to.digest("a"), page);
    page.startRow();
    for (let count = 0; count < 30; count += 1) page.digest("x".repeat(count));
    const read = before && textOf(before);
    page.startRow();
    for (let count = 0; count < 30; count += 1) page.digest("y");
    const behind = rowOf((to) => to.digest("b"), page);
    expect([read, behind && textOf(behind)]).toEqual([`"${sha256("a")}"`, `"${sha256("b")}"`]);
  });
});
