import { expect, it } from "vitest";
import type { NewBatch } from "../../../src/store/ledger.js";
import { StoreFailure } from "../../../src/store/store-fault.js";
import {
  audience,
  changesOf,
  difference,
  key,
  mirrorBatch,
  mirrorOnce,
  toDo,
  VIP,
  VIP_ID,
  wants,
} from "../member-rows.js";
import { batch, end, go, HOUR, start, SYNC, T0 } from "../rows.js";
import type { SharedWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });
const bob = wants("lapsed", "bob", { keys: "b" });
const BOTH = { audiences: [audience(), audience({ target: "lapsed", audienceId: "7002" })] };

const PATH = (audienceId: string) => `/v99.0/${audienceId}/users`;

/** A request that a run sends as its records say, whatever anybody keeps. */
function operations(runId: number): NewBatch {
  return batch(runId, 0, { surface: "custom_audiences", target: VIP, path: PATH(VIP_ID) });
}

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

  it("is not sure of a suppressed person whom a run had added that was cut off", async () => {
    const { store, another, cut } = await open();
    const other = await another();
    const runId = await start(store);
    const found = await difference(store, [ann]);
    await found.begin(runId, [VIP]);
    await go(store, mirrorBatch(runId, 0, await changesOf(found)), { state: "succeeded" });
    await cut(SYNC);
    await other.suppressions.add([key("a")], T0);
    await other.suppressions.lift([key("a")]);
    await end(other, await start(other, T0 + HOUR));
    expect(await toDo(other, [ann])).toEqual(["+ ann a"]);
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
      { kind: "kept", target: VIP, audienceId: VIP_ID, sync: SYNC },
    ]);
    await go(store, mirrorBatch(runId, 0, await changesOf(found)), { state: "succeeded" });
    await end(store, runId);
    await end(other, otherRun);
    expect(await store.members.audiences()).toEqual([
      { target: VIP, audienceId: VIP_ID, owner: SYNC, rows: 1 },
    ]);
    expect(await toDo(store, [ann])).toEqual([]);
  });

  it("begins no audience that a run of another sync sends operations to, until that ends", async () => {
    const { store, another } = await open();
    const other = await another();
    const sending = await start(other, T0 + HOUR, "visits");
    await other.ledger.plan(operations(sending));
    const first = await start(store);
    const found = await difference(store, [ann, bob], BOTH);
    expect(await found.begin(first, [VIP, "lapsed"])).toEqual([
      { kind: "in_use", target: VIP, audienceId: VIP_ID, sync: "visits" },
    ]);
    expect(await store.members.audiences()).toMatchObject([{ audienceId: "7002" }]);
    await end(store, first);
    await end(other, sending);
    const next = await start(store);
    expect(await (await difference(store, [ann])).begin(next, [VIP])).toEqual([]);
    await end(store, next);
  });

  it("begins an audience that a run of another sync sent operations to which was cut off", async () => {
    const { store, another, cut } = await open();
    const other = await another();
    const sending = await start(other, T0 + HOUR, "visits");
    await other.ledger.plan(operations(sending));
    const runId = await start(store);
    const found = await difference(store, [ann]);
    await cut("visits");
    expect(await found.begin(runId, [VIP])).toEqual([]);
    const attempt = { batchId: `${String(sending)}-0`, attempt: 1, at: T0, deadline: T0 };
    await expect(other.ledger.sending(attempt)).rejects.toMatchObject({
      fault: { code: "store.lease_lost" },
    });
    await end(store, runId);
  });

  it("begins an audience that it keeps, though a run that was refused has written down a request", async () => {
    const { store, another } = await open();
    const other = await another();
    await mirrorOnce(store, [ann]);
    const refused = await start(other, T0 + HOUR, "visits");
    await other.ledger.plan(operations(refused));
    expect(await other.members.keeperOf(VIP_ID)).toBe(SYNC);
    const runId = await start(store);
    expect(await (await difference(store, [])).begin(runId, [VIP])).toEqual([]);
    await end(store, runId);
    await end(other, refused);
  });

  it("begins an audience though others mirror other ones, and it sent operations itself", async () => {
    const { store, another } = await open();
    const other = await another();
    const mirroring = await start(other, T0 + HOUR, "visits");
    const theirs = await difference(other, [bob], BOTH);
    await theirs.begin(mirroring, ["lapsed"]);
    const path = PATH("7002");
    await other.ledger.plan(mirrorBatch(mirroring, 0, await changesOf(theirs), { path }));
    const runId = await start(store);
    await store.ledger.plan(operations(runId));
    expect(await (await difference(store, [ann])).begin(runId, [VIP])).toEqual([]);
    await end(store, runId);
    await end(other, mirroring);
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
