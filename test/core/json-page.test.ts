import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalOf } from "../../src/core/json-literal.js";
import { type JsonPage, MARKED } from "../../src/core/json-page.js";
import { MARKS } from "../../src/core/marks.js";
import { textOf } from "../../src/core/written.js";
import { pageOf, rowOf, sha256, written } from "./written-rows.js";

describe("a number", () => {
  it.each([
    0,
    -0,
    1,
    10,
    99,
    9_999_999,
    10_000_000,
    10_000_001,
    2 ** 53 - 1,
    -1,
    0.1,
    0.01,
    0.1 + 0.2,
  ])("is written as JSON has it: %s", (value) => {
    expect(written((page) => page.number(value))).toBe(JSON.stringify(value));
  });

  it("is so whichever it is", () => {
    const hundredths = fc.integer({ min: 0, max: 2_000_000_000 }).map((value) => value / 100);
    const near = hundredths.map((value) => value + Number.EPSILON * value);
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.oneof(any, hundredths, near, fc.maxSafeInteger()), (value) => {
        expect(written((page) => page.number(value))).toBe(JSON.stringify(value));
      }),
      { numRuns: 5_000 },
    );
  });
});

const HARD = [
  ...[
    "",
    " ",
    '"',
    "\\",
    "/",
    "\u0000",
    "\u001f",
    "\u007f",
    "\u0080",
    "\u00ff",
    "\u0100",
    "\u2028",
  ],
  ...[
    "\ud83d\ude00",
    "\uffff",
    "a\tb",
    "=",
    "a=b",
    "@",
    "+",
    "%",
    "\u{1d306}%",
    "\u013d",
    "\u0440",
  ],
];

describe("a text", () => {
  it.each(HARD)("is written as JSON has it: %j", (text) => {
    expect(written((page) => page.text(text))).toBe(JSON.stringify(text));
  });

  it("is so whichever it is, and said to be marked whenever it has a mark", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }).filter((one) => one.isWellFormed()),
      fc.string({ unit: "binary-ascii" }),
      fc.array(fc.constantFrom(...HARD)).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (drawn) => {
        let answer = -1;
        expect(written((page) => (answer = page.text(drawn)))).toBe(JSON.stringify(drawn));
        const isMarked = Array.from(MARKS).some((mark) => drawn.includes(mark));
        if (isMarked) expect(answer).toBe(MARKED);
        const isPlain = JSON.stringify(drawn) === `"${drawn}"` && /^[\0-\x7f]*$/.test(drawn);
        expect(answer === MARKED).toBe(isMarked || !isPlain);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is said to be marked for each character of ASCII that is a mark, and for no other", () => {
    const marked = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)).filter(
      (character) => {
        let answer = -1;
        rowOf((page) => (answer = page.text(`a${character}`)));
        return answer === MARKED && JSON.stringify(character) === `"${character}"`;
      },
    );
    expect(marked.sort().join("")).toBe(Array.from(MARKS).sort().join(""));
  });
});

describe("a literal", () => {
  it("is written whatever its length, and nothing behind it", () => {
    for (let length = 0; length <= 20; length += 1) {
      const json = "abcdefghijklmnopqrst".slice(0, length);
      expect(
        written((page) => {
          page.literal(literalOf(json));
          page.number(7);
          page.literal(literalOf(json));
        }),
      ).toBe(`${json}7${json}`);
    }
    expect(written((page) => page.literal(literalOf(',"ä😀":')))).toBe(',"ä😀":');
  });
});

describe("an object or a list", () => {
  it("takes the place of its first comma, and is empty where nothing was written", () => {
    const comma = 0x2c;
    const list = (page: JsonPage, ...numbers: readonly number[]) => {
      const start = page.at;
      for (const number of numbers) {
        page.byte(comma);
        page.number(number);
      }
      page.closeList(start);
    };
    expect(written((page) => list(page))).toBe("[]");
    expect(written((page) => list(page, 1))).toBe("[1]");
    expect(written((page) => list(page, 1, 22))).toBe("[1,22]");
    expect(written((page) => page.closeObject(page.at))).toBe("{}");
    expect(
      written((page) => {
        const start = page.at;
        page.literal(literalOf(',"a":'));
        list(page);
        page.literal(literalOf(',"b":'));
        page.number(1);
        page.closeObject(start);
      }),
    ).toBe('{"a":[],"b":1}');
  });
});

describe("a digest", () => {
  it("is the SHA-256 of the UTF-8 bytes, however many there are", () => {
    const texts = ["", "a", "ä", "\ud83d\ude00", "x".repeat(63), "y".repeat(500), "\u2028"];
    expect(
      written((page) => {
        const start = page.at;
        for (const text of texts) {
          page.byte(0x2c);
          page.digest(text);
        }
        page.closeList(start);
      }),
    ).toBe(JSON.stringify(texts.map(sha256)));
  });
});

describe("a row", () => {
  it("that is given up leaves nothing behind", () => {
    const page = pageOf(1 << 12);
    const rows = ["one", "not", "two", "ä not", "three"].map((text) => ({
      text,
      row: rowOf((to) => {
        to.digest(text);
        to.text(text);
        if (text.endsWith("not")) expect(to.giveUp()).toBe(false);
      }, page),
    }));
    expect(rows.map(({ row }) => row && textOf(row))).toEqual(
      rows.map(({ text }) =>
        text.endsWith("not") ? undefined : `"${sha256(text)}"${JSON.stringify(text)}`,
      ),
    );
  });

  it.each([
    ["a text", (page: JsonPage) => page.text("x".repeat(3_000))],
    ["a text that is no ASCII", (page: JsonPage) => page.text("ä".repeat(1_500))],
    [
      "a text behind the end that is no ASCII",
      (page: JsonPage) => {
        page.at = 9_000;
        page.text("ä");
      },
    ],
    ["a text to hash", (page: JsonPage) => page.digest("x".repeat(1_100))],
    ["a text to hash that is no ASCII", (page: JsonPage) => page.digest("ä".repeat(600))],
    [
      "many digests",
      (page: JsonPage) => {
        for (let n = 0; n < 11; n += 1) page.digest("a");
      },
    ],
    [
      "many literals",
      (page: JsonPage) => {
        for (let n = 0; n < 900; n += 1) page.literal(literalOf("null"));
      },
    ],
    [
      "many numbers",
      (page: JsonPage) => {
        for (let n = 0; n < 900; n += 1) page.number(1_000_000 + n);
      },
    ],
    [
      "many odd numbers",
      (page: JsonPage) => {
        for (let n = 0; n < 900; n += 1) page.number(-n);
      },
    ],
  ])("that the page cannot hold is not ordinary, and the next one is: %s", (_, write) => {
    const page = pageOf(4_000, 10);
    const before = rowOf((to) => to.digest("before"), page);
    expect(rowOf(write, page)).toBeUndefined();
    expect(written((to) => to.digest("after"), page)).toBe(`"${sha256("after")}"`);
    expect(before && textOf(before)).toBe(`"${sha256("before")}"`);
  });

  it("holds as much as there is room for, to the byte", () => {
    const ends = Array.from({ length: 12 }, (_, index) => {
      const page = pageOf(1_000, 10);
      const text = "x".repeat(740 + index);
      const row = rowOf((to) => to.text(text), page);
      if (row !== undefined) expect(textOf(row)).toBe(JSON.stringify(text));
      return row !== undefined;
    });
    expect(ends.indexOf(false)).toBe(8);
    expect(ends.lastIndexOf(true)).toBe(7);
  });
});
