import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  gather,
  joined,
  lengthOf,
  Sheet,
  textOf,
  writtenText,
  type Written,
} from "../../src/core/written.js";

const TEXT = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "1", "ä", "\ud83d\ude00", "\u007f", "\u0080", '"a"'),
);

/** Texts side by side on one sheet, with commas between. */
function sheetOf(texts: readonly string[]): readonly Written[] {
  const bytes = Buffer.from(texts.join(","), "utf8");
  const sheet = Sheet.of(bytes);
  let at = 0;
  return texts.map((text) => {
    const piece = { sheet, start: at, end: at + Buffer.byteLength(text, "utf8") };
    at = piece.end + 1;
    return piece;
  });
}

describe("a piece of JSON", () => {
  it("is the text that it was made of, and as long as its UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.array(TEXT), (texts) => {
        for (const [index, piece] of [...texts.map(writtenText), ...sheetOf(texts)].entries()) {
          const text = texts[index % texts.length] ?? "";
          expect(textOf(piece)).toBe(text);
          expect(lengthOf(piece)).toBe(Buffer.byteLength(text, "utf8"));
        }
      }),
    );
  });
});

describe("a sheet", () => {
  it("is read where it was written until it is kept: from there on it says what it said then", () => {
    const place = Buffer.from('"a"');
    const sheet = Sheet.on(() => place);
    const before = [sheet.isKept, sheet.bytes.toString()];
    place.write('"b"');
    sheet.keep();
    place.write('"c"');
    sheet.keep();
    expect([before, [sheet.isKept, sheet.bytes.toString()]]).toEqual([
      [false, '"a"'],
      [true, '"b"'],
    ]);
  });

  it("knows how many pieces stand on it: those that are joined stand in what was made of them", () => {
    const pieces = [writtenText("1"), writtenText("22"), writtenText("333")];
    const sheets = pieces.map(({ sheet }) => sheet);
    const joint = joined("[", "]", pieces.slice(1));
    expect(sheets.map((sheet) => sheet.pieces)).toEqual([1, 0, 0]);
    expect(pieces.map(textOf)).toEqual(["1", "22", "333"]);
    expect(pieces.map(({ sheet, start }) => [sheet.bytes === joint, start, sheet.pieces])).toEqual([
      [false, 0, 1],
      [true, 1, 2],
      [true, 4, 2],
    ]);
  });
});

describe("pieces that are joined", () => {
  it("are what their texts are, joined, in any order and however often each of them comes", () => {
    const pieces = fc
      .tuple(
        fc.array(fc.array(TEXT, { minLength: 1, maxLength: 5 }), { maxLength: 3 }),
        fc.array(TEXT, { maxLength: 3 }),
      )
      .map(([sheets, others]) => [...sheets.flatMap(sheetOf), ...others.map(writtenText)]);
    const picked = pieces.chain((all) =>
      fc.oneof(
        fc.constant(all),
        fc.shuffledSubarray(all),
        fc
          .array(fc.nat(Math.max(0, all.length - 1)), { maxLength: 8 })
          .map((places) => places.flatMap((place) => all[place] ?? [])),
      ),
    );
    fc.assert(
      fc.property(TEXT, TEXT, picked, (before, behind, list) => {
        const expected = `${before}${list.map(textOf).join(",")}${behind}`;
        expect(joined(before, behind, list).toString("utf8")).toBe(expected);
        expect(joined(before, behind, list)).toEqual(Buffer.from(expected, "utf8"));
      }),
      { numRuns: 500 },
    );
  });
});

describe("pieces that are kept", () => {
  it("say the same on a sheet of their own, which holds nothing else", () => {
    const pieces = sheetOf(["1", '"ä"', "333", "4", "x".repeat(100)]);
    const kept = pieces.filter((_, index) => index === 1 || index === 3);
    const texts = kept.map(textOf);
    gather(kept);
    expect(kept.map(textOf)).toEqual(texts);
    const sheets = kept.map(({ sheet }) => sheet.bytes.toString());
    expect(new Set(sheets)).toEqual(new Set(['"ä",4']));
    expect(pieces.map(({ sheet }) => sheet.bytes.length)).toEqual([113, 6, 113, 6, 113]);
  });

  it("stay where they are when they are most of what stands there", () => {
    const pieces = sheetOf(["1", "22", "333"]);
    const [first] = pieces;
    const sheet = first?.sheet;
    gather(pieces.slice(1));
    expect(pieces.map((piece) => piece.sheet === sheet)).toEqual([true, true, true]);
  });

  it("may be none", () => {
    expect(() => {
      gather([]);
    }).not.toThrow();
  });
});
