import { expect, it } from "vitest";
import { StoreFailure } from "../../../src/store/store-fault.js";
import { changesOf, difference, mirrorBatch, toDo, VIP, VIP_ID, wants } from "../member-rows.js";
import { end, go, HOUR, start, SYNC, T0 } from "../rows.js";
import type { SharedWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });

/** What a store of members does that may be opened several times at once. */
export function membersSharing(open: () => Promise<SharedWorld>): void {
  it("lets whoever lost its sync no longer begin what it found, and leaves everything as it is", async () => {
    const { store, another, cut } = await open();
    const other = await another();
    const lost = await start(store);
    const found = await difference(store, [ann]);
    await cut(SYNC);
    await start(other, T0 + HOUR);
    const beginning = found.begin(lost, [VIP]);
    await expect(beginning).rejects.toThrow(StoreFailure);
    await expect(beginning).rejects.toMatchObject({ fault: { code: "store.lease_lost" } });
    expect(await other.members.audiences()).toEqual([]);
  });

  it("keeps what a run has begun while another sync starts, runs and ends", async () => {
    const { store, another } = await open();
    const other = await another();
    const runId = await start(store);
    const found = await difference(store, [ann]);
    await found.begin(runId, [VIP]);
    await end(other, await start(other, T0 + HOUR, "visits"));
    await go(store, mirrorBatch(runId, 0, await changesOf(found)), { state: "succeeded" });
    await end(store, runId);
    expect(await toDo(other, [ann])).toEqual([]);
  });

  it("lets only one of two syncs begin an audience, and tells the other whose it is", async () => {
    const { store, another } = await open();
    const other = await another();
    const runId = await start(store);
    const otherRun = await start(other, T0 + HOUR, "visits");
    const found = await difference(store, [ann]);
    const late = await difference(other, [wants(VIP, "bob", { keys: "b" })], { sync: "visits" });
    expect(await found.begin(runId, [VIP])).toEqual([]);
    expect(await late.begin(otherRun, [VIP])).toEqual([
      { target: VIP, audienceId: VIP_ID, owner: SYNC },
    ]);
    await go(store, mirrorBatch(runId, 0, await changesOf(found)), { state: "succeeded" });
    await end(store, runId);
    await end(other, otherRun);
    expect(await store.members.audiences()).toEqual([
      { target: VIP, audienceId: VIP_ID, owner: SYNC, rows: 1 },
    ]);
    expect(await toDo(store, [ann])).toEqual([]);
  });

  it("does not release an audience while its owner's run goes on, but while another one does", async () => {
    const { store, another } = await open();
    const other = await another();
    const runId = await start(store);
    await (await difference(store, [ann])).begin(runId, [VIP]);
    expect(await other.members.release(VIP_ID)).toBe("under_way");
    await end(store, runId);
    const visits = await start(store, T0, "visits");
    expect(await other.members.release(VIP_ID)).toBe("released");
    await end(store, visits);
  });

  it("shows an onlooker what a run may have sent so far", async () => {
    const { store, another } = await open();
    const other = await another();
    const runId = await start(store);
    const found = await difference(store, [ann]);
    await found.begin(runId, [VIP]);
    expect(await other.members.audiences()).toMatchObject([{ rows: 0 }]);
    await go(store, mirrorBatch(runId, 0, await changesOf(found)), { state: "sending" });
    expect(await other.members.audiences()).toMatchObject([{ rows: 1 }]);
    expect(await toDo(other, [ann])).toEqual(["+ ann a"]);
    await end(store, runId);
  });
}
