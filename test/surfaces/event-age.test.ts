import { describe, expect, it } from "vitest";
import { isTooOld, lastSendingSeconds } from "../../src/surfaces/event-age.js";

/** 2026-04-30T12:00:00Z. */
const HAPPENED = 1_777_550_400;
const DAY = 86_400;
const TEN_MINUTES = 600;

const website = { event_time: HAPPENED, action_source: "website" };
const store = { event_time: HAPPENED, action_source: "physical_store" };

describe("the last instant at which an event may be sent", () => {
  it("is seven days after it, less ten minutes", () => {
    expect(lastSendingSeconds(website, undefined)).toBe(HAPPENED + 7 * DAY - TEN_MINUTES);
    expect(lastSendingSeconds({ event_time: HAPPENED }, undefined)).toBe(
      HAPPENED + 7 * DAY - TEN_MINUTES,
    );
  });

  it("is 62 days after one in a physical store, less ten minutes", () => {
    expect(lastSendingSeconds(store, undefined)).toBe(HAPPENED + 62 * DAY - TEN_MINUTES);
  });

  it("comes sooner by a maximum age, to the second", () => {
    expect(lastSendingSeconds(website, 3_600)).toBe(HAPPENED + 3_600);
    expect(lastSendingSeconds(store, 0)).toBe(HAPPENED);
  });

  it("never comes later by one", () => {
    expect(lastSendingSeconds(website, 30 * DAY)).toBe(HAPPENED + 7 * DAY - TEN_MINUTES);
  });

  it("never comes for an event without a time", () => {
    expect(lastSendingSeconds({ action_source: "website" }, 3_600)).toBe(Infinity);
  });
});

describe("an event is too old", () => {
  it("right after that instant, in milliseconds, and not at it", () => {
    const last = lastSendingSeconds(website, undefined) * 1000;
    expect(isTooOld(website, last, undefined)).toBe(false);
    expect(isTooOld(website, last + 1, undefined)).toBe(true);
    expect(isTooOld(website, last, 3_600)).toBe(true);
  });
});
