import { describe, expect, it } from "vitest";
import { zoneClock } from "../../src/sources/zone-clock.js";

function instant(zone: string, wall: string): string {
  return new Date(zoneClock(zone)(Date.parse(`${wall}Z`))).toISOString();
}

describe("the clock of a zone", () => {
  it.each([
    ["Europe/Berlin", "2026-01-15T12:00:00", "2026-01-15T11:00:00.000Z"],
    ["Europe/Berlin", "2026-07-15T12:00:00.250", "2026-07-15T10:00:00.250Z"],
    ["UTC", "2026-07-15T12:00:00", "2026-07-15T12:00:00.000Z"],
    ["Asia/Kathmandu", "2026-07-15T12:00:00", "2026-07-15T06:15:00.000Z"],
    ["Pacific/Kiritimati", "2026-07-15T12:00:00", "2026-07-14T22:00:00.000Z"],
    ["America/St_Johns", "2026-01-15T12:00:00", "2026-01-15T15:30:00.000Z"],
  ])("%s at %s is %s", (zone, wall, expected) => {
    expect(instant(zone, wall)).toBe(expected);
  });

  it.each([
    ["Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T00:59:59.000Z"],
    ["Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T01:00:00.000Z"],
    ["America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59.000Z"],
    ["America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00.000Z"],
  ])("%s is exact around clocks that are set forward: %s is %s", (zone, wall, expected) => {
    expect(instant(zone, wall)).toBe(expected);
  });

  it("moves a time that is left out forward by what is left out", () => {
    expect(instant("Europe/Berlin", "2026-03-29T02:30:00")).toBe("2026-03-29T01:30:00.000Z");
    expect(instant("America/New_York", "2026-03-08T02:15:00")).toBe("2026-03-08T07:15:00.000Z");
    expect(instant("Australia/Lord_Howe", "2026-10-04T02:10:00")).toBe("2026-10-03T15:40:00.000Z");
  });

  it("takes the first of a time that happens twice", () => {
    expect(instant("Europe/Berlin", "2026-10-25T02:30:00")).toBe("2026-10-25T00:30:00.000Z");
    expect(instant("Europe/Berlin", "2026-10-25T03:00:00")).toBe("2026-10-25T02:00:00.000Z");
    expect(instant("America/New_York", "2026-11-01T01:30:00")).toBe("2026-11-01T05:30:00.000Z");
  });

  it("gives every instant of two years back, but for the second of a repeated hour", () => {
    const clock = zoneClock("Europe/Berlin");
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Berlin",
      dateStyle: "short",
      timeStyle: "medium",
    });
    const wrong: string[] = [];
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += 1_800_000) {
      const wall = Date.parse(`${format.format(at).replace(" ", "T")}Z`);
      if (clock(wall) !== at) wrong.push(new Date(at).toISOString());
    }
    expect(wrong).toEqual([
      "2025-10-26T01:00:00.000Z",
      "2025-10-26T01:30:00.000Z",
      "2026-10-25T01:00:00.000Z",
      "2026-10-25T01:30:00.000Z",
    ]);
  });
});
