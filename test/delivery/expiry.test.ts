import { describe, expect, it } from "vitest";
import { event, HOUR, NOW, requests } from "./entries.js";
import { failed, throttled } from "./outcomes.js";
import { DeliveryWorld, left, lines, saying, to } from "./world.js";

const MINUTE = 60_000;

describe("events that wait to be sent", () => {
  /** An event that may be sent for so long from the start of the test on. */
  function lasting(id: string, ms: number) {
    const limit = 7 * 24 * HOUR - 10 * MINUTE;
    return event(id, { event_time: (NOW + ms - limit) / 1000 });
  }

  it("are dropped right before sending when they grew too old, and the others are sent", async () => {
    const world = new DeliveryWorld();
    const batches = [to("456", "first"), [lasting("old", MINUTE), lasting("young", HOUR)]];
    const delivered = await world.deliver(
      requests(...batches),
      saying((request) => throttled(request, 5 * MINUTE)),
    );
    expect(left(world)).toEqual(["0 first", "300000 first", "300000 young"]);
    expect(lines(delivered).filter((line) => !/^(planned|attempt)/.test(line))).toEqual([
      "succeeded first",
      "expired [old] [] old+young",
      "part young",
      "succeeded young",
    ]);
    expect(world.states()).toEqual({
      "1": "succeeded",
      "2": "superseded",
      "2/1": "succeeded",
    });
  });

  it("are dropped as well before a repeat of what Meta surely did not take", async () => {
    const world = new DeliveryWorld();
    const batch = [lasting("old", MINUTE), lasting("young", HOUR)];
    const delivered = await world.deliver(
      requests(batch),
      saying((request) => throttled(request, 5 * MINUTE)),
    );
    expect(left(world)).toEqual(["0 old+young", "300000 young"]);
    expect(lines(delivered).slice(2)).toEqual([
      "expired [old] [] old+young",
      "part young",
      "attempt succeeded",
      "succeeded young",
    ]);
  });

  it("stay unknown together when Meta may have them and some grew too old", async () => {
    const world = new DeliveryWorld();
    const batch = [lasting("old", 100), lasting("young", HOUR)];
    const delivered = await world.deliver(
      requests(batch),
      saying((request) => failed(request, "unknown")),
    );
    expect(left(world)).toEqual(["0 old+young"]);
    expect(lines(delivered).at(-1)).toBe("unknown old+young");
  });

  it("are left alone when their window for repeats ends, and the others are sent", async () => {
    const world = new DeliveryWorld();
    const options = world.options(await world.startRun(), saying(), {});
    const unanswered = event("unanswered");
    options.items.of(unanswered).firstSentAt = NOW - 46 * HOUR + MINUTE;
    const batches = [to("456", "first"), [unanswered, event("new")]];
    const delivered = await world.deliver(
      requests(...batches),
      saying((request) => throttled(request, 5 * MINUTE)),
      { items: options.items },
    );
    expect(lines(delivered)).toContain("expired [] [unanswered] unanswered+new");
    expect(left(world)).toEqual(["0 first", "300000 first", "300000 new"]);
  });

  it("are in doubt when they grew too old, and an earlier run may have sent them", async () => {
    const world = new DeliveryWorld();
    const options = world.options(await world.startRun(), saying(), {});
    const unanswered = lasting("unanswered", MINUTE);
    Object.assign(options.items.of(unanswered), { firstSentAt: NOW - HOUR, wasSent: true });
    const delivered = await world.deliver(
      requests(to("456", "first"), [unanswered, lasting("old", MINUTE)]),
      saying((request) => throttled(request, 5 * MINUTE)),
      { items: options.items },
    );
    expect(lines(delivered).at(-1)).toBe("expired [old] [unanswered] unanswered+old");
  });

  it("may all have grown too old", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(
      requests(to("456", "first"), [lasting("old", MINUTE)]),
      saying((request) => throttled(request, 5 * MINUTE)),
    );
    expect(lines(delivered).at(-1)).toBe("expired [old] [] old");
  });

  it("are left alone when the window for repeats of what was lost in this run ends", async () => {
    const world = new DeliveryWorld();
    const delivered = await world.deliver(
      requests(to("456", "lost")),
      saying(
        (request) => failed(request, "unknown"),
        (request) => throttled(request, 46 * HOUR),
      ),
    );
    expect(left(world)).toEqual(["0 lost", "500 lost"]);
    expect(lines(delivered).at(-1)).toBe("unknown lost");
  });
});
