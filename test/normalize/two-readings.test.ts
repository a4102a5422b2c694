import { describe, expect, it } from "vitest";
import { hasTwoReadings } from "../../src/normalize/two-readings.js";

describe("a date with two readings", () => {
  it.each(["03/04/1990", "3.4.90", " 12-01-1990", "1 12 1990", "03/04/1990 08:00"])(
    "is %s, whose day and month could change places",
    (text) => {
      expect(hasTwoReadings(text)).toBe(true);
    },
  );

  it.each([
    ["13/04/1990", "its first part is a day"],
    ["04/13/1990", "its second part is a day"],
    ["04/04/1990", "both readings are the same day"],
    ["0/4/1990", "there is no month 0"],
    ["4/0/1990", "there is no month 0"],
    ["1990-04-03", "the year stands first"],
    ["03/04/199", "this is no year"],
    ["03041990", "nothing parts its numbers"],
    ["", "there is no date"],
  ])("is not %s: %s", (text) => {
    expect(hasTwoReadings(text)).toBe(false);
  });
});
