import { describe, expect, it } from "vitest";
import { readTime, readWallClock } from "../../src/core/time.js";

describe("a time", () => {
  it.each([
    ["2026-04-30T12:00:00Z", 1777550400000],
    ["2026-04-30t12:00:00z", 1777550400000],
    [" 2026-04-30 14:00:00+02:00 ", 1777550400000],
    ["2026-04-30T14:00:00+02", 1777550400000],
    ["2026-04-30T14:00:00+0200", 1777550400000],
    ["2026-04-30T06:30:00-05:30", 1777550400000],
    ["2026-04-30T12:00:00.1239999Z", 1777550400123],
    ["2024-02-29T00:00:00Z", 1709164800000],
    ["2016-12-31T23:59:60Z", 1483228799000],
    ["1969-12-31T23:59:59Z", -1000],
  ])("%s is an instant", (text, ms) => {
    expect(readTime(text)).toEqual({ kind: "instant", ms });
  });

  it.each(["2026-04-30T12:00:00", "2026-04-30 12:00:00.5"])("%s has no zone", (text) => {
    expect(readTime(text)).toEqual({ kind: "without_zone" });
  });

  it.each([
    "",
    "now",
    "2026-04-30",
    "2026-04-30T12:00Z",
    "30.04.2026 12:00:00",
    "2026-02-29T12:00:00Z",
    "2026-04-31T12:00:00",
    "2026-13-01T12:00:00Z",
    "2026-00-01T12:00:00Z",
    "2026-04-30T24:00:00Z",
    "2026-04-30T12:60:00Z",
    "2026-04-30T12:00:61Z",
    "2026-04-30T12:00:00+24:00",
    "2026-04-30T12:00:00+02:60",
    "0050-01-01T00:00:00Z",
    "2026-04-30T12:00:00Z; drop",
  ])("%s is none", (text) => {
    expect(readTime(text)).toEqual({ kind: "invalid" });
  });
});

describe("the wall clock of a time", () => {
  it("is read as if it were UTC, and only where there is no zone", () => {
    expect(readWallClock("2026-04-30 12:00:00")).toBe(1777550400000);
    for (const text of [
      "2026-04-30T12:00:00Z",
      "2026-04-30T12:00:00+02:00",
      "noon",
      "2026-02-30T12:00:00",
    ])
      expect(readWallClock(text)).toBeUndefined();
  });
});
