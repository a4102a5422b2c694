import { describe, expect, it } from "vitest";
import { ACTION_SOURCES } from "../../src/generated/constants.js";
import { repeatSafeSeconds } from "../../src/surfaces/event-repeat.js";

const HOUR = 3_600;
const BY_ID = ACTION_SOURCES.filter(
  (source) => source !== "physical_store" && source !== "business_messaging",
);

describe("an event may be sent again without being counted twice", () => {
  it.each(BY_ID)("for 46 hours of Meta's 48 from %s", (action_source) => {
    expect(repeatSafeSeconds({ event_id: "e1", action_source })).toBe(46 * HOUR);
  });

  it("for six days of Meta's seven from a physical store, with or without an id", () => {
    const action_source = "physical_store";
    expect(repeatSafeSeconds({ event_id: "e1", action_source })).toBe(6 * 24 * HOUR);
    expect(repeatSafeSeconds({ action_source })).toBe(6 * 24 * HOUR);
  });

  it("not at all from business messaging", () => {
    expect(repeatSafeSeconds({ event_id: "e1", action_source: "business_messaging" })).toBe(0);
  });

  it.each([...BY_ID, "business_messaging"])("not at all without an id from %s", (action_source) => {
    expect(repeatSafeSeconds({ action_source })).toBe(0);
  });

  it.each([null, "", " "])("not at all with the blank id %j", (event_id) => {
    expect(repeatSafeSeconds({ event_id, action_source: "website" })).toBe(0);
  });
});
