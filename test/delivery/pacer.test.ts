import { describe, expect, it } from "vitest";
import { Pacer } from "../../src/delivery/pacer.js";
import type { Usage } from "../../src/graph/usage.js";
import { NOW } from "./entries.js";

const MINUTE = 60_000;
const FREE: Usage = { isStated: true, worstPercent: 0, regainMs: 0, resetMs: 0 };

/** A pacer and its clock; instants are told from the start of the test. */
function pacing(random = 0) {
  let now = NOW;
  const pacer = new Pacer(
    () => now,
    () => random,
  );
  return {
    pacer,
    pass: (ms: number) => {
      now += ms;
    },
    readyIn: (key = "1") => pacer.readyAt(key) - now,
  };
}

describe("the pace of calls", () => {
  it("is free to begin with", () => {
    const { pacer, readyIn } = pacing();
    expect(readyIn()).toBe(-Infinity);
    pacer.started("1");
    expect(readyIn()).toBe(0);
    expect(pacer.isBlocked("1")).toBe(false);
  });

  it.each([
    [0, 0],
    [74, 0],
    [75, 0],
    [80, 1_000],
    [90, 3_000],
    [99, 4_800],
  ])("at %i %% of a limit leaves %i ms between two calls", (worstPercent, spacing) => {
    const { pacer, readyIn } = pacing();
    pacer.note("1", { ...FREE, worstPercent });
    pacer.started("1");
    expect(readyIn()).toBe(spacing);
    expect(pacer.isBlocked("1")).toBe(false);
  });

  it("becomes free again when the usage goes down", () => {
    const { pacer, readyIn } = pacing();
    pacer.note("1", { ...FREE, worstPercent: 90 });
    pacer.note("1", FREE);
    pacer.started("1");
    expect(readyIn()).toBe(0);
  });

  it("is one account's, or one pixel's, alone", () => {
    const { pacer, readyIn } = pacing();
    pacer.throttled("1", MINUTE);
    expect([readyIn("1"), readyIn("2")]).toEqual([MINUTE, -Infinity]);
  });

  it("at 100 % waits the minutes that Meta states, also when nothing was refused", () => {
    const { pacer, pass, readyIn } = pacing();
    pacer.note("1", { isStated: true, worstPercent: 100, regainMs: 19 * MINUTE, resetMs: 5_000 });
    expect([readyIn(), pacer.isBlocked("1")]).toEqual([19 * MINUTE, true]);
    pass(19 * MINUTE);
    expect([readyIn(), pacer.isBlocked("1")]).toEqual([0, false]);
  });

  it.each([
    [
      "a time to regain access below 100 %",
      { isStated: true, worstPercent: 60, regainMs: MINUTE, resetMs: 0 },
      MINUTE,
    ],
    [
      "the reset of the account where nothing else is stated",
      { isStated: true, worstPercent: 100, regainMs: 0, resetMs: 7_000 },
      7_000,
    ],
    [
      "a minute where nothing is stated",
      { isStated: true, worstPercent: 100, regainMs: 0, resetMs: 0 },
      MINUTE,
    ],
    [
      "as much at more than 100 %",
      { isStated: true, worstPercent: 240, regainMs: 0, resetMs: 0 },
      MINUTE,
    ],
  ])("waits %s", (_, usage, ms) => {
    const { pacer, readyIn } = pacing();
    pacer.note("1", usage);
    expect(readyIn()).toBe(ms);
  });

  it("never shortens a wait", () => {
    const { pacer, readyIn } = pacing();
    pacer.throttled("1", 10 * MINUTE);
    pacer.throttled("1", MINUTE);
    pacer.note("1", { isStated: true, worstPercent: 100, regainMs: MINUTE, resetMs: 0 });
    pacer.note("1", FREE);
    pacer.taken("1");
    expect(readyIn()).toBe(10 * MINUTE);
  });
});

describe("a throttled call", () => {
  it("is followed by none before the time that Meta stated is over", () => {
    const { pacer, pass, readyIn } = pacing();
    pacer.throttled("1", 90_000);
    pass(89_999);
    expect([readyIn(), pacer.isBlocked("1")]).toEqual([1, true]);
    pass(1);
    expect([readyIn(), pacer.isBlocked("1")]).toEqual([0, false]);
  });

  it("is followed by longer and longer waits, up to a quarter of an hour, where none is stated", () => {
    const { pacer, pass, readyIn } = pacing();
    const waits = Array.from({ length: 6 }, () => {
      pacer.throttled("1", 0);
      const ms = readyIn();
      pass(ms);
      return ms / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it("spreads waits that nobody stated over a quarter more", () => {
    const { pacer, readyIn } = pacing(0.8);
    pacer.throttled("1", 0);
    expect(readyIn()).toBe(72_000);
  });

  it("waits a minute again once a call was taken", () => {
    const { pacer, pass, readyIn } = pacing();
    pacer.throttled("1", 0);
    pacer.throttled("1", 0);
    pass(2 * MINUTE);
    pacer.taken("1");
    pacer.throttled("1", 0);
    expect(readyIn()).toBe(MINUTE);
  });

  it("does not count as one without a stated wait when Meta stated one", () => {
    const { pacer, pass, readyIn } = pacing();
    pacer.throttled("1", 1_000);
    pass(1_000);
    pacer.throttled("1", 0);
    expect(readyIn()).toBe(MINUTE);
  });
});
