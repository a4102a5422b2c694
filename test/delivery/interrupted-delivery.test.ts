import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/core/outcome.js";
import { NOW, person, requests } from "./entries.js";
import { failed, succeeded, throttled } from "./outcomes.js";
import { after, DeliveryWorld, left, lines, TAKES_ALL, to, type Call, type Meta } from "./world.js";

const HOUR = 3_600_000;

/** Interrupts after so long. */
function interruption(world: DeliveryWorld, ms: number): AbortSignal {
  const controller = new AbortController();
  world.time.in(ms, () => {
    controller.abort();
  });
  return controller.signal;
}

function ends(delivered: Parameters<typeof lines>[0]): readonly string[] {
  return lines(delivered).filter((line) => !/^(planned|attempt)/.test(line));
}

const STOPPED = "stopped, interrupted: it was interrupted";

describe("an interrupted delivery", () => {
  it("starts no request any more, and settles those that are open", async () => {
    const world = new DeliveryWorld();
    const slow = after(world, () => 1_000);
    const batches = [to("1", "a"), to("2", "b"), to("1", "c"), to("3", "d")];
    const delivered = await world.deliver(requests(...batches), slow, {
      concurrency: 2,
      interrupted: interruption(world, 300),
    });
    expect(left(world)).toEqual(["0 a", "0 b"]);
    expect([...ends(delivered)].sort()).toEqual([
      "1 not sent (it was interrupted) c",
      "1 not sent (it was interrupted) d",
      STOPPED,
      "succeeded a",
      "succeeded b",
    ]);
    expect(world.states()).toEqual({
      "1": "succeeded",
      "2": "succeeded",
      "3": "superseded",
      "4": "superseded",
    });
    expect(world.time.clock() - NOW).toBe(1_000);
  });

  it.each<[string, (request: Call["request"]) => Outcome, string]>([
    [
      "before a repeat",
      (request) => failed(request, "transient", { retryAfterMs: HOUR }),
      "unknown",
    ],
    ["for a limit", (request) => throttled(request, HOUR), "failed"],
  ])("ends a wait %s at once, with what is known by then", async (_, outcome, state) => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(
      requests(to("1", "a")),
      ({ request }) => outcome(request),
      { interrupted: interruption(world, 300) },
    );
    expect(left(world)).toEqual(["0 a"]);
    expect(ends(delivered)).toEqual([`${state} a`, STOPPED]);
    expect(world.time.clock() - NOW).toBe(300);
  });

  it("ends the rest of an audience's lane after a lost answer", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(
      requests([person("a")], [person("b")]),
      ({ request }) => failed(request, "unknown", { summary: "lost" }),
      { interrupted: interruption(world, 300) },
    );
    expect(ends(delivered)).toEqual(["unknown a", "1 not sent (it was interrupted) b", STOPPED]);
    expect(world.time.clock() - NOW).toBe(300);
  });

  it("sends nothing when it was interrupted before it began", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(requests(to("1", "a")), TAKES_ALL, {
      interrupted: AbortSignal.abort(),
    });
    expect(lines(delivered)).toEqual(["planned a", "1 not sent (it was interrupted) a", STOPPED]);
    expect(world.stops).toBeGreaterThan(0);
    expect(world.states()).toEqual({});
  });

  it("is not interrupted any more once it is over", async () => {
    const world = new DeliveryWorld();
    const controller = new AbortController();
    await world.deliver(requests(to("1", "a")), TAKES_ALL, { interrupted: controller.signal });
    controller.abort();
    expect(world.stops).toBe(0);
  });
});

describe("a delivery whose token has expired", () => {
  const expired: Meta = ({ n, request }) =>
    n === 0 ? failed(request, "account", { summary: "it expired" }) : succeeded(request);

  it("starts no request any more, and settles those that are open", async () => {
    const world = new DeliveryWorld();
    const meta = after(world, ({ n }) => (n === 0 ? 100 : 200), expired);
    const batches = [to("1", "a"), to("2", "b"), to("3", "c"), to("1", "d"), to("4", "e")];
    const delivered = await world.deliver(requests(...batches), meta, { concurrency: 2 });
    expect(left(world)).toEqual(["0 a", "0 b"]);
    expect([...ends(delivered)].sort()).toEqual([
      "1 not sent (it expired) c",
      "1 not sent (it expired) d",
      "1 not sent (it expired) e",
      "failed a",
      "stopped, blocked: it expired",
      "succeeded b",
    ]);
  });

  it("wakes those that wait, and sends nothing for them", async () => {
    const world = new DeliveryWorld();
    const meta: Meta = (call) =>
      call.request.target === "2"
        ? throttled(call.request, HOUR)
        : failed(call.request, "account", { summary: "it expired" });
    const delivered = await world.deliver(
      requests(to("2", "a"), to("1", "b")),
      after(world, ({ request }) => (request.target === "2" ? 10 : 500), meta),
    );
    expect(left(world)).toEqual(["0 a", "0 b"]);
    expect([...ends(delivered)].sort()).toEqual([
      "failed a",
      "failed b",
      "stopped, blocked: it expired",
    ]);
    expect(world.time.clock() - NOW).toBe(500);
  });
});
