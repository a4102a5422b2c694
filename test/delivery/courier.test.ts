import { describe, expect, it } from "vitest";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import { eventEntry, eventOf } from "../../src/surfaces/event-entry.js";
import { event, events, HOUR, NOW, person, requests } from "./entries.js";
import { failed, neverConnected, refused, succeeded, throttled } from "./outcomes.js";
import { after, DeliveryWorld, left, lines, saying, to, type Call, type Meta } from "./world.js";

const MINUTE = 60_000;

const lost = (request: Call["request"]) => failed(request, "unknown");
const passing = (request: Call["request"]) => failed(request, "transient");

describe("a request that failed in passing", () => {
  it("is sent again, byte for byte, after longer and longer waits", async () => {
    const world = new DeliveryWorld();
    const meta = saying(passing, lost, neverConnected, passing);
    const delivered = await world.deliver(requests(to("1", "a")), meta);
    expect(left(world)).toEqual(["0 a", "500 a", "1500 a", "3500 a", "7500 a"]);
    expect(new Set(world.calls.map(({ body }) => body)).size).toBe(1);
    expect(lines(delivered).at(-1)).toBe("succeeded a");
    expect(world.waits.map(({ until, because }) => [until - NOW, because])).toEqual(
      [500, 1_500, 3_500, 7_500].map((ms) => [ms, "retry"]),
    );
  });

  it("waits as long as the answer asks, where that is longer", async () => {
    const world = new DeliveryWorld();
    const busy = (request: Call["request"]) =>
      failed(request, "transient", { retryAfterMs: 30_000 });
    await world.deliver(requests(to("1", "a")), saying(busy));
    expect(left(world)).toEqual(["0 a", "30000 a"]);
  });

  it("is given up after so many attempts, as what all of them prove", async () => {
    const world = new DeliveryWorld();
    const never = await world.deliver(requests(to("1", "a")), ({ request }) =>
      neverConnected(request),
    );
    expect([world.calls.length, lines(never).at(-1)]).toEqual([6, "failed a"]);
    const once = new DeliveryWorld();
    const meta: Meta = ({ n, request }) => (n === 0 ? lost(request) : neverConnected(request));
    const unknown = await once.deliver(requests(to("1", "a")), meta);
    expect([once.calls.length, lines(unknown).at(-1)]).toEqual([6, "unknown a"]);
  });

  it("is noted after each attempt as what is known by then", async () => {
    const world = new DeliveryWorld();
    const states: string[] = [];
    const meta: Meta = (call) => {
      states.push(`sending: ${world.states()["1"] ?? ""}`);
      world.time.in(1, () => states.push(`after: ${world.states()["1"] ?? ""}`));
      return saying(neverConnected, throttled, lost)(call);
    };
    await world.deliver(requests(to("1", "a")), meta);
    expect(states).toEqual([
      "sending: sending",
      "after: failed",
      "sending: sending",
      "after: failed",
      "sending: sending",
      "after: unknown",
      "sending: sending",
    ]);
    expect(world.states()).toEqual({ "1": "succeeded" });
    const attempts = await world.store.ledger.attempts("1-1");
    expect(attempts.map(({ attempt, evidence }) => [attempt, evidence?.outcome])).toEqual([
      [1, "retryable"],
      [2, "retryable"],
      [3, "unknown"],
      [4, "succeeded"],
    ]);
  });

  it("stops the run once so many repeats came to nothing", async () => {
    const world = new DeliveryWorld();
    const lanes = Array.from({ length: 8 }, (_, index) => to(String(index), "a"));
    const delivered = await world.deliver(requests(...lanes), ({ request }) => passing(request), {
      retry: { ...DEFAULT_RETRY_POLICY, runBudget: 5 },
    });
    expect(world.calls).toHaveLength(6);
    expect(lines(delivered).at(-1)).toMatch(/^stopped, failed: so many requests failed/);
    expect(new Set(Object.values(world.states()))).toEqual(new Set(["unknown"]));
  });
});

describe("a request whose answer was lost", () => {
  it("is not sent again when Meta would count its events twice", async () => {
    const world = new DeliveryWorld();
    const chat = event("chat", { action_source: "business_messaging" });
    const delivered = await world.deliver(requests([chat], to("2", "a")), ({ request }) =>
      request.target === "456" ? lost(request) : succeeded(request),
    );
    expect(left(world)).toEqual(["0 chat", "0 a"]);
    expect(lines(delivered)).toContain("unknown chat");
  });

  it("is not sent again for a single event that may not be repeated", async () => {
    const world = new DeliveryWorld();
    const { event_id: _, ...anonymous } = eventOf(event("without-id"));
    const mixed = [event("a"), eventEntry("without-id", "456", anonymous)];
    await world.deliver(requests(mixed), saying(lost));
    expect(world.calls).toHaveLength(1);
  });

  it("is sent again, whatever it holds, as long as Meta surely has none of it", async () => {
    const world = new DeliveryWorld();
    const chat = event("chat", { action_source: "business_messaging" });
    await world.deliver(requests([chat]), saying(throttled, neverConnected));
    expect(lines(await world.deliver([]))).toEqual([]);
    expect(world.states(1)).toEqual({ "1": "succeeded" });
  });

  it("holds its audience up until it can no longer arrive", async () => {
    const world = new DeliveryWorld();
    const batches = [[person("a")], [person("a", "remove")], [person("b", "upsert", ["b"], "X")]];
    await world.deliver(requests(...batches), saying(lost));
    expect(left(world)).toEqual(["0 a", "0 b", "120000 a", "120000 a"]);
    expect(world.waits).toEqual([{ target: "VIP", until: NOW + 120_000, because: "lost_answer" }]);
  });

  it("ends as unknown, and is not taken apart, when it is refused the next time", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(requests(events(3)), saying(lost, refused));
    expect(world.calls).toHaveLength(2);
    expect(lines(delivered).at(-1)).toBe("unknown e-1+e-2+e-3");
  });

  it("leaves its window for repeats running from its first sending", async () => {
    const world = new DeliveryWorld();
    const slow = after(world, () => 10 * MINUTE, saying(lost, lost));
    await world.deliver(requests([event("a")]), slow, { timeoutMs: 20 * MINUTE });
    expect(await world.store.events.counts(NOW)).toEqual([
      { pixelId: "456", delivered: 1, unanswered: 0, inDoubt: 0 },
    ]);
    expect([...world.tables.events.values()]).toMatchObject([
      { firstSentAt: NOW, repeatSafeUntil: NOW + 46 * HOUR },
    ]);
  });
});

describe("a throttled request", () => {
  it("is sent again when the stated time is over, and keeps no slot from others", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = ({ n, request }) =>
      n === 0 ? throttled(request, 19 * MINUTE) : succeeded(request);
    const batches = [to("1", "a"), to("1", "b"), to("2", "c"), to("2", "d")];
    await world.deliver(requests(...batches), meta, { concurrency: 1 });
    expect(left(world)).toEqual(["0 a", "0 c", "0 d", "1140000 a", "1140000 b"]);
    expect(world.waits).toEqual([{ target: "1", until: NOW + 19 * MINUTE, because: "throttled" }]);
  });

  it("holds up every lane of its account", async () => {
    const world = new DeliveryWorld();
    const meta = after(
      world,
      ({ n }) => (n === 0 ? 10 : 50),
      ({ n, request }) => (n === 0 ? throttled(request, MINUTE) : succeeded(request)),
    );
    const batches = [
      [person("a", "upsert", ["a"], "A")],
      [person("b", "upsert", ["b"], "B")],
      [person("b", "remove", ["b"], "B")],
    ];
    await world.deliver(requests(...batches), meta, { paceKey: () => "the account" });
    expect(left(world)).toEqual(["0 a", "0 b", "60010 a", "60010 b"]);
  });

  it("is tried more often than one that failed, and costs the run no repeat", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(
      requests(to("1", "a")),
      ({ request }) => throttled(request, 1_000),
      { retry: { ...DEFAULT_RETRY_POLICY, runBudget: 0 } },
    );
    expect(world.calls).toHaveLength(12);
    expect(lines(delivered).at(-1)).toBe("failed a");
  });

  it("waits anew when another answer asks for longer meanwhile", async () => {
    const world = new DeliveryWorld();
    const meta = after(
      world,
      ({ n }) => (n === 0 ? 0 : 30_000),
      ({ n, request }) => throttledTwice(n, request),
    );
    const batches = [[person("a", "upsert", ["a"], "A")], [person("b", "upsert", ["b"], "B")]];
    await world.deliver(requests(...batches), meta, { paceKey: () => "the account" });
    expect([...left(world)].sort()).toEqual(["0 a", "0 b", "150000 a", "150000 b"]);
  });

  function throttledTwice(n: number, request: Call["request"]) {
    if (n === 0) return throttled(request, MINUTE);
    return n === 1 ? throttled(request, 2 * MINUTE) : succeeded(request);
  }
});
