import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonArray } from "../../src/core/json.js";
import { exactJson } from "../../src/sources/exact-json.js";

describe("exactJson", () => {
  it.each([
    ["12345678901234567890", "12345678901234567890"],
    ["-12345678901234567890", "-12345678901234567890"],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", "9007199254740993"],
    ["0.1", 0.1],
    ["0.10000000000000000", 0.1],
    ["0.1000000000000000055", "0.1000000000000000055"],
    ["100000000000000000000.50", "100000000000000000000.50"],
    ["1e3", 1000],
    ["1.5E-7", 1.5e-7],
    ["1e400", "1e400"],
    ["1e-400", "1e-400"],
    ["0e5", 0],
    ["0.0000000000000000", 0],
    [
      '"12345678901234567890 and \\" 12345678901234567890"',
      '12345678901234567890 and " 12345678901234567890',
    ],
    [
      '{"12345678901234567890": [12345678901234567890, 1]}',
      { "12345678901234567890": ["12345678901234567890", 1] },
    ],
  ])("reads %s without losing a digit", (text, expected) => {
    expect(exactJson(text)).toEqual({ ok: true, value: expected });
  });

  it("still refuses what is not JSON", () => {
    expect(exactJson('{"a": 12345678901234567890')).toEqual({
      ok: false,
      error: { reason: "syntax", path: [] },
    });
  });

  it("takes a string, and a number, of many megabytes", () => {
    const digits = "1".repeat(40_000_000);
    const parsed = exactJson(`["${digits}", 12345678901234567890, ${digits}]`);
    expect(parsed.ok && isJsonArray(parsed.value) && parsed.value[1]).toBe("12345678901234567890");
    expect(parsed.ok && isJsonArray(parsed.value) && parsed.value[2] === digits).toBe(true);
  });

  it("knows where strings and numbers are over", () => {
    const [slash, quote, both] = ["a\\", 'b"1e400', '\\"'];
    const [first, second, third] = [slash, quote, both].map((one) => JSON.stringify(one));
    const text = `{${first}:-1e400,${second}:[1.5e400,${third},0.1E-500,2E+400],"c":12345678901234567890}`;
    expect(exactJson(text)).toEqual({
      ok: true,
      value: {
        [slash]: "-1e400",
        [quote]: ["1.5e400", both, "0.1E-500", "2E+400"],
        c: "12345678901234567890",
      },
    });
    for (const broken of ["12345678901234567890.", "[-,1e400]", '"1e400', "1e400e", '{"a":1e400'])
      expect(exactJson(broken).ok).toBe(false);
  });

  it("keeps any whole number", () => {
    fc.assert(
      fc.property(fc.bigInt(), (whole) => {
        const parsed = exactJson(`[${String(whole)}]`);
        expect(parsed.ok && JSON.stringify(parsed.value).replaceAll('"', "")).toBe(
          `[${String(whole)}]`,
        );
      }),
    );
  });

  it("leaves texts as they are, whatever digits are in them", () => {
    const digits = fc.stringMatching(/^[\d\\"e.,:{}-]{0,40}$/);
    fc.assert(
      fc.property(fc.array(digits), (texts) => {
        expect(exactJson(JSON.stringify(texts))).toEqual({ ok: true, value: texts });
      }),
    );
  });
});

describe("a text of 10 MB that is all escapes", () => {
  it("is read like any other", () => {
    const text = "\n".repeat(5_000_000);
    expect(
      exactJson(JSON.stringify({ text, id: 1 }).replace(":1", ":12345678901234567890")),
    ).toEqual({
      ok: true,
      value: { id: "12345678901234567890", text },
    });
  });
});
