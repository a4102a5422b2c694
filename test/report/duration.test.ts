import { expect, it } from "vitest";
import { duration } from "../../src/report/duration.js";

it.each([
  [-5, "0.0 s"],
  [420, "0.4 s"],
  [9_960, "10.0 s"],
  [59_400, "59 s"],
  [59_600, "1 min 0 s"],
  [754_000, "12 min 34 s"],
  [3_600_000, "1 h 0 min"],
  [93_784_000, "26 h 3 min"],
])("says of %d ms that it took %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});
