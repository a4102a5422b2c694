import { describe, expect, it } from "vitest";
import type { Planned } from "../../src/planning/planner.js";
import { person, planned, requests } from "./entries.js";
import { succeeded } from "./outcomes.js";
import { after, DeliveryWorld, lines, NEVER, sleepIn, to, type Meta } from "./world.js";

/** The most calls that were open at once. */
function counting(world: DeliveryWorld) {
  const open = { now: 0, most: 0 };
  const meta: Meta = async ({ request }) => {
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    await sleepIn(world.time)(10, NEVER);
    open.now -= 1;
    return succeeded(request);
  };
  return { open, meta };
}

describe("a delivery", () => {
  it("sends every request once and settles it", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(requests(to("1", "a"), to("2", "b"), to("1", "c")));
    expect(world.calls.map(({ request }) => request.index).sort()).toEqual([0, 1, 2]);
    expect(lines(delivered).filter((line) => line.startsWith("succeeded"))).toEqual([
      "succeeded a",
      "succeeded b",
      "succeeded c",
    ]);
    expect(world.states()).toEqual({ "1": "succeeded", "2": "succeeded", "3": "succeeded" });
  });

  it("sends the bytes that were planned", async () => {
    const world = new DeliveryWorld();
    await world.deliver(requests(to("1", "a")));
    expect(world.calls.map(({ body }) => body)).toEqual([
      '{"data":[{"action_source":"website","event_id":"a","event_name":"Lead","event_time":1777546800}]}',
    ]);
  });

  it("keeps a lane serial while other lanes go on", async () => {
    const world = new DeliveryWorld();
    const slow = after(world, ({ request }) => (request.target === "1" ? 1_000 : 100));
    await world.deliver(requests(to("1", "a"), to("1", "b"), to("2", "c"), to("2", "d")), slow);
    expect(world.calls.map(({ at, request }) => [at, request.index])).toEqual([
      [0, 0],
      [0, 2],
      [100, 3],
      [1_000, 1],
    ]);
  });

  it("never has more requests under way than its concurrency", async () => {
    const world = new DeliveryWorld();
    const { open, meta } = counting(world);
    const lanes = ["1", "2", "3", "4", "5"].map((pixel) => to(pixel, "a"));
    await world.deliver(requests(...lanes), meta, { concurrency: 2 });
    expect(open.most).toBe(2);
    expect(world.calls.map(({ at }) => at)).toEqual([0, 0, 10, 10, 20]);
  });

  it("keeps one lane for one audience, whatever names lead to it", async () => {
    const world = new DeliveryWorld();
    const { open, meta } = counting(world);
    const items = ["A", "B"].map((name, index): Planned => {
      const entries = [person("p", "upsert", ["cell"], name)];
      return { kind: "request", planned: planned(entries, index, "77") };
    });
    await world.deliver(items, meta);
    expect([world.calls.length, open.most]).toEqual([2, 1]);
  });

  it("holds no more requests ready than its window", async () => {
    const world = new DeliveryWorld();
    let handedOver = 0;
    async function* endless(): AsyncGenerator<Planned> {
      for (const item of requests(...Array.from({ length: 9 }, () => to("1", "a")))) {
        handedOver += 1;
        yield await Promise.resolve(item);
      }
    }
    const most: number[] = [];
    const meta: Meta = ({ request, n }) => {
      most.push(handedOver - n);
      return succeeded(request);
    };
    await world.deliver(
      endless(),
      after(world, () => 10, meta),
      { window: 3 },
    );
    expect(most).toEqual([4, 4, 4, 4, 4, 4, 3, 2, 1]);
  });

  it("does not wait for a batch that is waited for by nobody else", async () => {
    const world = new DeliveryWorld();
    const answers = after(world, ({ n }) => (n === 0 ? 500 : 1));
    const delivered = await world.deliver(requests(to("1", "a"), to("2", "b")), answers);
    expect(lines(delivered).slice(2)).toEqual([
      "attempt succeeded",
      "succeeded b",
      "attempt succeeded",
      "succeeded a",
    ]);
  });
});
