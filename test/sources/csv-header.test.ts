import { describe, expect, it } from "vitest";
import { csvHeader } from "../../src/sources/csv-header.js";

describe("the header of a CSV file", () => {
  it.each([
    ["a,b\n1,2", { names: ["a", "b"], delimiter: "," }],
    ["a\r\n1", { names: ["a"], delimiter: "," }],
    ["a", { names: ["a"], delimiter: "," }],
    ['\uFEFF"a" ; b\n', undefined],
    ['\uFEFF a ;"b;c"\n', { names: ["a", "b;c"], delimiter: ";" }],
    ['"a;b",c\n', { names: ["a;b", "c"], delimiter: "," }],
    ['"a\n""x""",b\r1,2', { names: ['a\n"x"', "b"], delimiter: "," }],
    ["a\tb|c\n", { names: ["a", "b|c"], delimiter: "\t" }],
    ["a,,b,\n", { names: ["a", "", "b", ""], delimiter: "," }],
    ["", undefined],
    ["\na,b\n", undefined],
    [",,\n", undefined],
    ['"a,b\n1,2', undefined],
  ])("%j is %j", (text, expected) => {
    expect(csvHeader(text)).toEqual(expected);
  });
});
