import { describe, expect, it } from "vitest";
import { isShownAs } from "./elision.js";

describe("what a document shows of an output", () => {
  it.each([
    ["all of it", "a\nb\n", "a\nb\n", true],
    ["nothing", "", "", true],
    ["nothing where there is something", "", "a\n", false],
    ["a line less", "a\n", "a\nb\n", false],
    ["another line", "a\nc\n", "a\nb\n", false],
    ["lines left out", "a\n…\nd\n", "a\nb\nc\nd\n", true],
    ["no line left out", "a\n…\nd\n", "a\nd\n", true],
    ["lines left out at the end", "a\n…\n", "a\nb\nc\n", true],
    ["another end", "a\n…\nd\n", "a\nb\nc\n", false],
    ["text left out in a line", "run …, 12 read\n", "run 7f3a, 12 read\n", true],
    ["text left out, and another end", "run …, 12 read\n", "run 7f3a, 13 read\n", false],
    ["what looks like a pattern", "(a.b)\n", "(axb)\n", false],
  ])("%s", (_, shown, output, same) => {
    expect(isShownAs(shown, output)).toBe(same);
  });
});
