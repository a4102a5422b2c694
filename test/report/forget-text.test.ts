import { expect, it } from "vitest";
import { liftedText } from "../../src/report/forget-text.js";

it("tells of identifiers whose suppression cannot be lifted, since they cannot be used", () => {
  const dropped = new Map([["PHONE", new Map([["too_short" as const, 2]])]]);
  expect(liftedText({ people: 3, lifted: 1, rejections: [], dropped })).toBe(
    [
      "forget: 1 identifier of 3 people no longer suppressed; the next runs send them again.",
      "",
      "What went wrong:",
      "  2 values for `PHONE` could not be used, and nobody is found by them: too short (2).",
      "",
    ].join("\n"),
  );
});
