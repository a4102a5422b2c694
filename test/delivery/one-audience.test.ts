/** One audience that is changed by several hands. */
import { expect, it } from "vitest";
import type { Planned } from "../../src/planning/planner.js";
import { person, planned, requests } from "./entries.js";
import { after, DeliveryWorld, lines, TAKES_ALL } from "./world.js";

/** A record for an audience that goes by some name. */
function one(operation: "upsert" | "remove", target: string): readonly Planned[] {
  const entry = person("a", operation, ["a"], target);
  return [{ kind: "request", planned: planned([entry], 0, "777") }];
}

it("adds somebody again who was removed under another name of the audience", async () => {
  const world = new DeliveryWorld();
  await world.deliver(one("upsert", "VIP"));
  await world.deliver(one("remove", "VIPs"));
  expect(lines(await world.deliver(one("upsert", "VIP")))).toContain("succeeded a");
});

it("does not count what left before the audience was distrusted, though it was answered after", async () => {
  const world = new DeliveryWorld();
  let distrustedAt = 0;
  world.time.in(5_000, () => {
    distrustedAt = world.time.clock();
  });
  await world.deliver(
    requests([person("a")]),
    after(world, () => 10_000),
  );
  const trustedSince = () => Promise.resolve(distrustedAt);
  const told = await world.deliver(requests([person("a")]), TAKES_ALL, { trustedSince });
  expect(lines(told)).toContain("succeeded a");
});
