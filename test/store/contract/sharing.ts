import { expect, it } from "vitest";
import { ok } from "../../../src/core/result.js";
import { StoreFailure } from "../../../src/store/store-fault.js";
import type { Store } from "../../../src/store/store.js";
import {
  batch,
  candidate,
  end,
  evidence,
  go,
  HOUR,
  item,
  newRun,
  PIXEL,
  reject,
  runOnce,
  start,
  SYNC,
  T0,
} from "../rows.js";
import type { SharedWorld } from "../world.js";

const LOST = { fault: { code: "store.lease_lost" } };

/** Everything that a run writes. */
const WRITES: Readonly<Record<string, (store: Store, runId: number) => Promise<unknown>>> = {
  "plan a batch": (store, runId) => store.ledger.plan(batch(runId, 9, { items: [item(9)] })),
  "carry a batch": (store, runId) =>
    store.ledger.carry([{ ...batch(runId, 9), state: "skipped", settledAt: T0 }]),
  "send a batch": (store, runId) =>
    store.ledger.sending({ batchId: `${String(runId)}-0`, attempt: 2, at: T0, deadline: T0 }),
  "settle a batch": (store, runId) =>
    store.ledger.settle({
      batchId: `${String(runId)}-0`,
      state: "succeeded",
      at: T0,
      attempt: 1,
      evidence: evidence(),
      rejects: [reject(1)],
    }),
  "note a reject": (store, runId) => store.rejects.noteLocal(runId, SYNC, [reject(1)], T0),
  "drop rejects": (store, runId) => store.rejects.dropStaleLocal(runId, SYNC),
  "create a target": (store) => store.targets.creating("1", "vip", T0, undefined),
  "remember a target": (store) =>
    store.targets.remember({
      adAccountId: "1",
      target: "vip",
      audienceId: "7",
      createdByUs: false,
      at: T0,
    }),
  "end its run": (store, runId) => store.runs.end(runId, "succeeded", T0, "{}"),
};

/** Everything that can be read. */
async function everything({ runs, ledger, events, rejects, targets }: Store) {
  return {
    runs: await runs.list(99),
    batches: await ledger.list({ limit: 99 }),
    attempts: await ledger.attempts("1-0"),
    counts: await events.counts(T0),
    rejects: await rejects.list({}, 99),
    targets: await targets.list(),
  };
}

/** What a store does that may be opened several times at once. */
export function sharing(open: () => Promise<SharedWorld>): void {
  it("refuses a sync that another opening runs, by the name of its holder, until that has ended", async () => {
    const { store, another } = await open();
    const other = await another();
    const runId = await start(store);
    expect(await other.runs.start({ ...newRun(T0 + HOUR), holder: "somebody else" })).toEqual({
      ok: false,
      error: { holder: "node (PID 1)" },
    });
    expect(await store.runs.list(9)).toMatchObject([{ runId, status: undefined }]);
    await end(store, runId);
    expect(await other.runs.start({ ...newRun(T0 + HOUR), holder: "somebody else" })).toEqual(
      ok({ runId: 2, previousStart: T0 }),
    );
    expect(await store.runs.start(newRun(T0 + HOUR))).toEqual({
      ok: false,
      error: { holder: "somebody else" },
    });
  });

  it("gives a sync free when the opening that runs it is closed or starts another one", async () => {
    const { store, another } = await open();
    const other = await another();
    await start(store);
    await start(store, T0 + 1, "visits");
    expect(await start(other, T0 + HOUR)).toBe(3);
    await other.close();
    expect(await start(store, T0 + 2 * HOUR)).toBe(4);
    expect((await store.runs.list(9)).map(({ status }) => status)).toEqual([
      undefined,
      "unfinished",
      "unfinished",
      "unfinished",
    ]);
  });

  it("runs different syncs side by side, and each leaves the other alone", async () => {
    const { store, another } = await open();
    const other = await another();
    const [one, two] = [await start(store), await start(other, T0 + 1, "visits")];
    await go(store, batch(one, 0, { items: [item(1)] }), { state: "sending" });
    await go(store, batch(one, 1, { items: [item(2)] }), { state: "pending" });
    await go(other, batch(two, 0, { items: [item(3)] }), { state: "succeeded" });
    await go(other, batch(two, 1, { items: [item(4)] }), { state: "pending" });
    await end(other, two);
    expect((await store.ledger.list({ limit: 9 })).map(({ state }) => state)).toEqual([
      "superseded",
      "succeeded",
      "pending",
      "sending",
    ]);
    expect(await other.runs.list(9)).toMatchObject([
      { runId: two, status: "succeeded" },
      { runId: one, status: undefined },
    ]);
    await end(store, one);
    expect(await other.events.counts(T0)).toEqual([
      { pixelId: PIXEL, delivered: 1, unanswered: 1, inDoubt: 0 },
    ]);
  });

  it("knows an event once that two syncs delivered at the same time", async () => {
    const { store, another } = await open();
    const other = await another();
    const [one, two] = [await start(store), await start(other, T0 + 1, "visits")];
    await go(store, batch(one, 0, { items: [item(1)] }), { state: "unknown" });
    await go(other, batch(two, 0, { items: [item(1), item(2)] }), { state: "succeeded" });
    await Promise.all([end(store, one), end(other, two)]);
    expect(await store.events.counts(T0)).toMatchObject([{ delivered: 2, unanswered: 0 }]);
    expect(await store.events.standings(-1, SYNC, [candidate(1)])).toEqual([
      { kind: "delivered", same: true },
    ]);
  });

  it("hands a sync over whose holder was cut off, with what it left behind", async () => {
    const { store, another, cut } = await open();
    const other = await another();
    const lost = await start(store);
    await go(store, batch(lost, 0, { items: [item(1)] }), { state: "sending" });
    await go(store, batch(lost, 1, { items: [item(2)] }), { state: "pending" });
    await cut(SYNC);
    expect(await start(other, T0 + HOUR)).toBe(2);
    expect(await other.runs.list(9)).toMatchObject([
      { runId: 2, status: undefined },
      { runId: lost, status: "unfinished" },
    ]);
    expect((await other.ledger.list({ limit: 9 })).map(({ state }) => state)).toEqual([
      "superseded",
      "unknown",
    ]);
  });

  it.each(Object.entries(WRITES))(
    "lets whoever lost its sync no longer %s, and leaves everything as it is",
    async (_, write) => {
      const { store, another, cut } = await open();
      const other = await another();
      const lost = await start(store);
      await go(store, batch(lost, 0, { items: [item(1)] }), { state: "sending" });
      await cut(SYNC);
      await start(other, T0 + HOUR);
      const before = await everything(other);
      const writing = write(store, lost);
      await expect(writing).rejects.toThrow(StoreFailure);
      await expect(writing).rejects.toMatchObject(LOST);
      expect(await everything(other)).toEqual(before);
      await go(other, batch(2, 0, { items: [item(2)] }), { state: "succeeded" });
      await end(other, 2);
      expect(await other.runs.list(1)).toMatchObject([{ status: "succeeded" }]);
    },
  );

  it("takes a run for ended that was cut off, whichever sync starts next", async () => {
    const { store, another, cut } = await open();
    const other = await another();
    const lost = await start(store);
    await go(store, batch(lost, 0, { items: [item(1)] }), { state: "sending" });
    await cut(SYNC);
    await start(other, T0 + HOUR, "visits");
    expect(await other.runs.list(9)).toMatchObject([{ runId: 2 }, { status: "unfinished" }]);
    expect(await other.ledger.list({ sync: SYNC, limit: 9 })).toMatchObject([{ state: "unknown" }]);
    await expect(go(store, batch(lost, 1), { state: "pending" })).rejects.toMatchObject(LOST);
  });

  it("refuses an operator's word on a batch of a run that goes on elsewhere, and takes it on earlier ones", async () => {
    const { store, another } = await open();
    const other = await another();
    await runOnce(store, [item(1)], { state: "unknown" });
    const runId = await start(store, T0 + HOUR);
    await go(store, batch(runId, 0, { items: [item(2)] }), { state: "unknown" });
    await go(store, batch(runId, 1, { items: [item(3)] }), { state: "sending" });
    expect(await other.ledger.retry("2-0")).toEqual({ kind: "refused", because: "under_way" });
    expect(await other.ledger.skip("2-1", T0)).toEqual({ kind: "refused", because: "under_way" });
    expect(await other.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
    expect((await store.ledger.list({ limit: 2 })).map(({ state }) => state)).toEqual([
      "sending",
      "unknown",
    ]);
    await end(store, runId);
    expect(await other.ledger.retry("2-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
  });

  it("takes an operator's word on a batch of a run that was cut off, which then changes nothing more", async () => {
    const { store, another, cut } = await open();
    const other = await another();
    const lost = await start(store);
    await go(store, batch(lost, 0, { items: [item(1)] }), { state: "sending" });
    await cut(SYNC);
    expect(await other.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
    await expect(go(store, batch(lost, 1), { state: "pending" })).rejects.toMatchObject(LOST);
    expect(await other.runs.list(1)).toMatchObject([{ status: "unfinished" }]);
  });
}
