/** The lane of an audience whose requests are a difference: each row is about somebody else. */
import { describe, expect, it } from "vitest";
import type { PeopleRequests } from "../../src/delivery/delivery-options.js";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import { person, requests } from "./entries.js";
import { failed, neverConnected, refused } from "./outcomes.js";
import { DeliveryWorld, left, lines, saying, type Meta } from "./world.js";

const PLAN = requests([person("gone", "remove")], [person("a")], [person("b")]);

/** Delivers without trying anything again; gives when each request left. */
async function deliver(meta: Meta, people: PeopleRequests = "difference", plan = PLAN) {
  const world = new DeliveryWorld();
  const retry = { ...DEFAULT_RETRY_POLICY, maxAttempts: 1 };
  const delivered = await world.deliver(plan, meta, { people, retry, resume: false });
  return { calls: left(world), told: lines(delivered) };
}

describe("the lane of a difference", () => {
  it("rests after a lost answer until it can no longer arrive, and goes on", async () => {
    const { calls, told } = await deliver(saying((request) => failed(request, "unknown")));
    expect(calls).toEqual(["0 gone", "120000 a", "120000 b"]);
    expect(told).toContain("unknown gone");
    expect(told).toContain("succeeded b");
  });

  it("goes on after a request that surely came to nothing", async () => {
    const { calls, told } = await deliver(saying((request) => neverConnected(request)));
    expect(calls).toEqual(["0 gone", "0 a", "0 b"]);
    expect(told).toContain("failed gone");
  });

  it("stops removing where Meta says that the audience is the trouble, and then adding", async () => {
    const plan = requests(
      [person("gone", "remove")],
      [person("too", "remove")],
      [person("a")],
      [person("b")],
    );
    const { calls, told } = await deliver(
      ({ request }) => failed(request, "target"),
      "difference",
      plan,
    );
    expect(calls).toEqual(["0 gone", "0 a"]);
    expect(told).toContain("1 not sent (target at VIP) too");
    expect(told).toContain("1 not sent (target at VIP) b");
  });

  it("adds whom it can when too few would remain for anybody to be removed", async () => {
    const { calls } = await deliver(saying((request) => failed(request, "target")));
    expect(calls).toEqual(["0 gone", "0 a", "0 b"]);
  });

  it("rests while it looks for a bad row, too", async () => {
    const plan = requests([person("a"), person("b"), person("c"), person("d")], [person("e")]);
    const { calls } = await deliver(
      saying(
        (request) => refused(request),
        (request) => failed(request, "unknown"),
      ),
      "difference",
      plan,
    );
    expect(calls).toEqual(["0 a+b+c+d", "0 a+b", "120000 c+d", "120000 e"]);
  });

  it("is not that of operations, which holds back whatever comes after", async () => {
    const { calls } = await deliver(
      saying((request) => failed(request, "unknown")),
      "operations",
    );
    expect(calls).toEqual(["0 gone"]);
  });
});
