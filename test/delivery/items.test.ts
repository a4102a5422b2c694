import { describe, expect, it } from "vitest";
import { Items } from "../../src/delivery/items.js";
import { eventEntry, eventOf } from "../../src/surfaces/event-entry.js";
import { event, HOUR, NOW, person } from "./entries.js";

const DAY = 24 * HOUR;
const items = new Items("salt", undefined);

function idOf(entry: Parameters<Items["of"]>[0], salt = "salt"): string {
  return new Items(salt, undefined).of(entry).itemId;
}

function contentOf(entry: Parameters<Items["of"]>[0]): string {
  return items.of(entry).contentDigest;
}

describe("an event", () => {
  it("is known by its pixel, name and id, whatever else it says", () => {
    const one = event("a");
    expect(idOf(one)).toMatch(/^[0-9a-f]{32}$/);
    expect(idOf(event("a", { event_time: 1, custom_data: { value: 2 } }))).toBe(idOf(one));
    expect(idOf({ ...one, identity: "another" })).toBe(idOf(one));
    const others = [event("b"), event("a", { event_name: "Purchase" }), event("a", {}, "789")];
    expect(new Set([one, ...others].map((entry) => idOf(entry))).size).toBe(4);
  });

  it("is known by its name and identity where the mapping writes no id", () => {
    const { event_id: _, ...without } = eventOf(event("a"));
    const one = eventEntry("a", "456", without);
    expect(idOf(eventEntry("a", "456", { ...without, event_time: 1 }))).toBe(idOf(one));
    expect(idOf({ ...one, identity: "b" })).not.toBe(idOf(one));
    expect(idOf(one)).not.toBe(idOf(event("a")));
  });

  it("has the content of all that is sent", () => {
    const turned = Object.fromEntries(Object.entries(eventOf(event("a"))).reverse());
    expect(contentOf(event("a"))).toMatch(/^[0-9a-f]{32}$/);
    expect(contentOf(eventEntry("a", "456", turned))).toBe(contentOf(event("a")));
    expect(contentOf(event("a", { custom_data: { value: 1 } }))).not.toBe(contentOf(event("a")));
  });

  it.each([
    ["website", {}, 46 * HOUR],
    ["physical_store", { action_source: "physical_store" }, 6 * DAY],
    ["business_messaging", { action_source: "business_messaging" }, 0],
    ["no id", { event_id: null }, 0],
  ])("of %s may be repeated as long as Meta drops repeats", (_, changes, ms) => {
    expect(items.of(event("a", changes)).repeatSafeMs).toBe(ms);
  });

  it("has a key without its pixel, and the age that Meta takes, whatever the user narrows", () => {
    const [one, other] = ["1", "2"].map((pixel) => items.of(event("a", {}, pixel)));
    expect(one?.routeKey).toBe(other?.routeKey);
    expect(one?.itemId).not.toBe(other?.itemId);
    expect(items.of(event("b", {}, "1")).routeKey).not.toBe(one?.routeKey);
    expect(items.of(event("a", { event_name: "Contact" }, "1")).routeKey).not.toBe(one?.routeKey);
    expect(new Items("salt", 7_200).of(event("a")).maxAgeMs).toBe(7 * DAY);
    expect(items.of(event("a", { action_source: "physical_store" })).maxAgeMs).toBe(62 * DAY);
  });

  it("may be sent until ten minutes before Meta's limit, or until its own", () => {
    const at = NOW - HOUR;
    expect(items.of(event("a")).lastSendingAt).toBe(at + 7 * DAY - 600_000);
    const store = { action_source: "physical_store" };
    expect(items.of(event("a", store)).lastSendingAt).toBe(at + 62 * DAY - 600_000);
    expect(new Items("salt", 7_200).of(event("a")).lastSendingAt).toBe(at + 2 * HOUR);
    expect(items.of(event("a", { event_time: "soon" }))).toMatchObject({
      lastSendingAt: Infinity,
      eventTime: 0,
    });
    expect(items.of(event("a")).eventTime).toBe(at / 1000);
  });
});

describe("a person's record", () => {
  it("is known by its audience, operation and identity", () => {
    const one = person("a");
    expect(idOf(person("a", "upsert", ["another cell"]))).toBe(idOf(one));
    const others = [person("b"), person("a", "remove"), person("a", "upsert", ["a"], "Others")];
    expect(new Set([one, ...others].map((entry) => idOf(entry))).size).toBe(4);
  });

  it("has the content of its rows", () => {
    expect(contentOf(person("a", "upsert", ["x"]))).not.toBe(contentOf(person("a")));
    expect(contentOf(person("b", "remove", ["a"]))).toBe(contentOf(person("a")));
    const blank = { ...person("a"), rows: [[undefined, "a"]] };
    const shifted = { ...person("a"), rows: [["a", undefined]] };
    expect(contentOf(blank)).not.toBe(contentOf(shifted));
  });

  it("may always be sent, and sent again", () => {
    expect(items.of(person("a"))).toMatchObject({
      repeatSafeMs: Infinity,
      lastSendingAt: Infinity,
      firstSentAt: undefined,
      eventTime: 0,
    });
  });
});

describe("what the store knows somebody by", () => {
  it("means nothing in another store", () => {
    expect(idOf(event("a"), "other")).not.toBe(idOf(event("a")));
    expect(new Items("other", undefined).of(person("a")).contentDigest).not.toBe(
      contentOf(person("a")),
    );
  });

  it("is one thing for the length of a run, so that what is noted of it stays", () => {
    const entry = event("a");
    items.of(entry).firstSentAt = NOW;
    expect(items.of(entry).firstSentAt).toBe(NOW);
    expect(items.of(event("a")).firstSentAt).toBeUndefined();
  });

  it("tells a record that came to no entry from any that did", () => {
    expect(items.ofRejected("a")).toMatch(/^[0-9a-f]{32}$/);
    expect(items.ofRejected("a")).toBe(items.ofRejected("a"));
    expect([idOf(event("a")), idOf(person("a")), items.ofRejected("b")]).not.toContain(
      items.ofRejected("a"),
    );
  });
});
