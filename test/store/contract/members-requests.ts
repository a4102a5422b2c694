import { expect, it } from "vitest";
import { changesOf, difference, mirrorBatch, mirrorOnce, VIP, wants } from "../member-rows.js";
import { batch, end, go, start, SYNC, T0, laneOf } from "../rows.js";
import type { OpenWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });

/** How mirrors stand in the ledger, next to what else is sent. */
export function membersRequests(open: OpenWorld): void {
  it.each(["pending", "sending", "succeeded", "rejected", "failed", "unknown", "split"] as const)(
    "decides nothing about a batch of a mirror that is %s",
    async (state) => {
      const store = await open();
      await mirrorOnce(store, [ann], { upsert: { state } });
      const refused = { kind: "refused", because: "mirrored" };
      expect(await store.ledger.retry("1-1")).toEqual(refused);
      expect(await store.ledger.skip("1-1", T0)).toEqual(refused);
    },
  );

  it("finds no batch of a mirror in a lane", async () => {
    const store = await open();
    await mirrorOnce(store, [ann], { upsert: { state: "unknown" } });
    expect(await store.ledger.lane(laneOf(SYNC, VIP, -1))).toEqual({ positions: [], givenUp: [] });
  });

  it("finds no position of a lane once a mirror, of the same sync even, went to its audience", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { target: VIP }), { state: "succeeded" });
    await end(store, runId);
    expect(await store.ledger.lane(laneOf(SYNC, VIP, -1))).toMatchObject({
      positions: [{ batchId: "1-0" }],
    });
    await mirrorOnce(store, [ann], { upsert: { state: "unknown" } });
    expect(await store.ledger.lane(laneOf(SYNC, VIP, -1))).toEqual({ positions: [], givenUp: [] });
  });

  it("lists a batch of a mirror as every other one", async () => {
    const store = await open();
    const runId = await start(store);
    const found = await difference(store, [ann]);
    const { items, changes, ...planned } = mirrorBatch(runId, 0, await changesOf(found));
    await found.begin(runId, [VIP]);
    await go(store, { ...planned, items, changes }, { state: "succeeded" });
    await end(store, runId);
    const [listed] = await store.ledger.list({ limit: 1 });
    expect(listed).toMatchObject({ ...planned, sync: SYNC, state: "succeeded", openEvents: 0 });
    expect(Object.keys(listed ?? {})).not.toContain("changes");
  });
}
