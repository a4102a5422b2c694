import { describe, expect, it } from "vitest";
import { latenessOf, type LatenessOptions } from "../../src/surfaces/event-lateness.js";

/** 2026-04-30T12:00:00Z. */
const HAPPENED = 1_777_550_400;
const DAY = 86_400;
/** The last instant at which the event is sent, in days after it. */
const LAST = 7 - 600 / DAY;

const event = { event_time: HAPPENED, action_source: "website" };
const after = (days: number) => (HAPPENED + days * DAY) * 1_000;

function late(options: Partial<LatenessOptions>) {
  const usual = { maxAgeSeconds: undefined, firstStart: undefined, horizon: undefined };
  return latenessOf(event, { ...usual, now: after(0), ...options });
}

describe("it is too late for an event", () => {
  it("that has grown too old since its sync first ran", () => {
    expect(late({ now: after(LAST), firstStart: after(0) })).toBeUndefined();
    expect(late({ now: after(LAST) + 1, firstStart: after(0) })).toBe("too_old");
    expect(late({ now: after(LAST) + 1, firstStart: after(LAST) })).toBe("too_old");
  });

  it("that was too old already when its sync first ran", () => {
    expect(late({ now: after(8), firstStart: after(LAST) + 1 })).toBe("before_first_run");
    expect(late({ now: after(800), firstStart: after(8) })).toBe("before_first_run");
  });

  it("by its own maximum age, before the first run as well as after it", () => {
    const own = { maxAgeSeconds: 2 * DAY };
    expect(late({ ...own, now: after(3), firstStart: after(1) })).toBe("too_old");
    expect(late({ ...own, now: after(3), firstStart: after(2.5) })).toBe("before_first_run");
  });

  it("at the horizon and behind it, even while Meta takes it", () => {
    const horizon = HAPPENED;
    expect(late({ firstStart: after(0), horizon })).toBe("behind_horizon");
    expect(late({ firstStart: after(0), horizon: HAPPENED - 1 })).toBeUndefined();
    expect(late({ now: after(8), firstStart: after(0), horizon })).toBe("behind_horizon");
    expect(late({ now: undefined, horizon })).toBe("behind_horizon");
  });

  it("that is too old and of no sync with a history, whenever that first ran", () => {
    expect(late({ now: after(8), horizon: HAPPENED })).toBe("too_old");
    expect(late({ now: after(1), horizon: HAPPENED })).toBe("behind_horizon");
  });

  it("never where no age is checked, or where it has no time", () => {
    expect(late({ now: undefined, firstStart: after(99) })).toBeUndefined();
    const timeless = { ...event, event_time: null };
    const options = { now: after(99), maxAgeSeconds: 1, firstStart: after(98), horizon: HAPPENED };
    expect(latenessOf(timeless, options)).toBeUndefined();
  });
});
