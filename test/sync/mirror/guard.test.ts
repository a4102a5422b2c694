/** What a mirror does not remove unless it is told to. */
import { describe, expect, it } from "vitest";
import { runText } from "../../../src/report/run-text.js";
import { requests, settled } from "./requests.js";
import { csv, MirrorWorld, people, syncText } from "./world.js";

describe("the removal guard of a mirror", () => {
  it("stops an audience that would lose much, lets the others go on, and passes once when told to", async () => {
    const both = [...people(100), ...people(5, "o", "Other")];
    const world = await settled(both);
    const less = csv([...people(60), ...people(4, "o", "Other")]);
    const stopped = await world.run(less);
    expect(stopped).toMatchObject({
      status: "partially_succeeded",
      records: { read: 64, unchanged: 64 },
      mirror: { openRemovals: 40, audiences: [{ guarded: undefined }, { target: "VIP" }] },
      failures: [{ target: "VIP", summary: expect.stringContaining("40 members left") }],
    });
    expect(requests(world)).toEqual(["DELETE Other: 1"]);
    expect(runText(stopped)).toContain(
      [
        "AUDIENCE  JOINED  LEFT  CHANGED  MOVED  REPEATED  UNCHANGED",
        "Other          0     1        0      0         0          4",
        "",
        "GUARDED, NOTHING SENT  JOINED  LEFT  CHANGED  MOVED  REPEATED  UNCHANGED",
        "VIP                         0    40        0      0         0         60",
        "",
      ].join("\n"),
    );
    world.takeSent();
    const elsewhere = { allowedRemovals: { kind: "in", target: "Other" } } as const;
    expect((await world.run(less, elsewhere)).status).toBe("failed");
    expect(world.sent).toEqual([]);
    const here = { allowedRemovals: { kind: "in", target: "VIP" } } as const;
    expect((await world.run(less, here)).status).toBe("succeeded");
    expect(world.held()).toHaveLength(60);
  });

  it("stops a source that is empty, and an audience that nobody is wanted in any more", async () => {
    const world = await settled([...people(3), ...people(2, "o", "Other")]);
    const empty = await world.run(csv([]));
    expect(empty).toMatchObject({ status: "failed", mirror: { openRemovals: 5 } });
    expect(runText(empty)).toMatch(
      /^custom_audiences: nothing was sent: the removal guard stopped 2 audiences/,
    );
    expect(await world.run(csv(people(3)))).toMatchObject({
      status: "failed",
      mirror: { audiences: [{ target: "VIP" }, { target: "Other", members: { left: 2 } }] },
    });
    expect(world.sent).toEqual([]);
    const allowed = { allowedRemovals: { kind: "everywhere" } } as const;
    expect((await world.run(csv(people(3)), allowed)).status).toBe("succeeded");
    expect(world.held("Other")).toEqual([]);
    expect((await world.run(csv(people(3)))).mirror?.audiences).toHaveLength(1);
  });

  it("lets the rest of what was allowed pass where the run broke off, and nothing beyond", async () => {
    const sync = syncText([], ["max_body_bytes: 3000"]);
    const world = new MirrorWorld();
    await world.run(csv(people(300)), { sync });
    const less = csv([...people(180), ...people(5, "new")]);
    const interrupt = new AbortController();
    world.between = (meta) => (request) => {
      if (request.method === "DELETE") interrupt.abort();
      return meta(request);
    };
    const allowed = { allowedRemovals: { kind: "everywhere" } } as const;
    await world.run(less, { sync, ...allowed, interrupted: interrupt.signal });
    const left = world.held().length;
    expect(left).toBeGreaterThan(260);
    world.between = (meta) => meta;
    expect(await world.run(csv(people(90)), { sync })).toMatchObject({ status: "failed" });
    expect(world.held()).toHaveLength(left);
    expect(await world.run(less, { sync })).toMatchObject({ status: "succeeded" });
    expect(world.held()).toHaveLength(185);
    expect(await world.run(csv(people(100)), { sync })).toMatchObject({ status: "failed" });
  });

  it("says so when it was told to let an audience pass that is none of the run's", async () => {
    const world = await settled(people(200));
    const named = (target: string) => ({ allowedRemovals: { kind: "in", target } }) as const;
    const result = await world.run(csv(people(20)), named("VIPs"));
    expect(result).toMatchObject({
      status: "failed",
      mirror: { misnamed: [{ target: "VIPs", near: "VIP" }] },
    });
    expect(runText(result)).toContain(
      '`--allow-removals "VIPs"` allows nothing: no audience of this run has that name. Did you mean "VIP"?',
    );
    const other = runText((await world.plan(csv(people(20)), named("Customers"))).result);
    expect(other).toMatch(/no audience of this run has that name\.\n/);
  });

  it("is off where its file says so", async () => {
    const world = await settled();
    await world.run(csv([]), { sync: syncText(["removal_guard: off"]) });
    expect(world.held()).toEqual([]);
  });
});
