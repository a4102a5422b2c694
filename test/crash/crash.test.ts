/** Crashes: a process that delivers is killed, and another one goes on where it stopped. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CrashedDelivery, EVENTS_PER_REQUEST } from "./delivery.js";
import { seededNumbers } from "./random.js";
import { CrashWorld, instantsOf, report, SIXTY_REQUESTS } from "./world.js";

const world = new CrashWorld();

beforeAll(() => world.open(), 60_000);
afterAll(() => world.close());

// Each waits for its processes, on a store and pixels of its own.
describe.concurrent("a delivery that is killed holds every event once after the next run", () => {
  it("when it dies before a request leaves", async () => {
    const delivery = new CrashedDelivery(world.options(1));
    for (const nth of [1, 5, 9, 14]) await delivery.killAt(SIXTY_REQUESTS, "request", nth);
    await delivery.finish(SIXTY_REQUESTS);
    report("before a request leaves", delivery);
  });

  it("when it dies between an answer and its settlement", async () => {
    const delivery = new CrashedDelivery(world.options(2));
    for (const nth of [1, 4, 8, 13]) await delivery.killAt(SIXTY_REQUESTS, "answer", nth);
    await delivery.finish(SIXTY_REQUESTS);
    report("between answer and settlement", delivery);
    expect(delivery.repeats).toBeGreaterThanOrEqual(4);
  });

  it("when it dies inside a durable step of a request", async () => {
    const delivery = new CrashedDelivery(world.options(3));
    const instants = ["plan", "sending", "settle"].flatMap((step) => instantsOf(step, 2));
    for (const instant of instants) await delivery.killAt(SIXTY_REQUESTS, instant, 5);
    await delivery.finish(SIXTY_REQUESTS);
    report("inside plan, sending and settle", delivery);
  });

  it("when it dies inside a fold in the middle of a run", async () => {
    const delivery = new CrashedDelivery(world.options(6));
    const events = 3 * SIXTY_REQUESTS;
    for (const at of ["3", "6", "commit"]) await delivery.killAt(events, `fold ${at}`);
    await delivery.finish(events);
    report("inside a fold in the middle", delivery);
  });

  it("when it dies at any other instant", async () => {
    const delivery = new CrashedDelivery(world.options(9));
    const seed = 20_260_430;
    const below = seededNumbers(seed);
    let events = 0;
    // Where the kill comes too late the run has ended well, and the next one has more to do.
    while (delivery.kills < 10) {
      events += 4 * EVENTS_PER_REQUEST;
      await delivery.killAtLine(events, 1 + below(100));
    }
    await delivery.finish(events);
    report(`at random, seed ${String(seed)}`, delivery);
  });
});
