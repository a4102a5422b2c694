import { expect, it } from "vitest";
import {
  batch,
  candidate,
  end,
  evidence,
  go,
  hex,
  HOUR,
  item,
  reject,
  runOnce,
  standingsOf,
  start,
  stateOf,
  SYNC,
  T0,
} from "../rows.js";
import type { OpenWorld } from "../world.js";

export function levers(open: OpenWorld): void {
  it("knows nothing to do for a batch that it does not know", async () => {
    const store = await open();
    expect(await store.ledger.retry("9-9")).toEqual({ kind: "unknown_batch" });
    expect(await store.ledger.skip("9-9", T0)).toEqual({ kind: "unknown_batch" });
  });

  it("refuses both words on a batch that Meta has acknowledged whole or that was never sent", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), { state: "succeeded" });
    await go(store, batch(runId, 1), { state: "pending" });
    await end(store, runId);
    for (const [batchId, because] of [
      ["1-0", "acknowledged"],
      ["1-1", "never_sent"],
    ] as const) {
      expect(await store.ledger.retry(batchId)).toEqual({ kind: "refused", because });
      expect(await store.ledger.skip(batchId, T0)).toEqual({ kind: "refused", because });
    }
  });

  it.each(["unknown", "failed"] as const)(
    "lets the next run send the events of a batch that is %s, as if for the first time",
    async (state) => {
      const store = await open();
      await runOnce(store, [item(1), item(2)], { state });
      await runOnce(store, [item(2)], { state: "succeeded" });
      expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
      expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 0, rejects: 0 });
      expect(await standingsOf(store, candidate(1), candidate(2))).toEqual([
        { kind: "new" },
        { kind: "delivered", same: true },
      ]);
      expect(await stateOf(store, "1-0")).toBe(state);
    },
  );

  it.each(["rejected", "partially_succeeded"] as const)(
    "lets the next run send again what Meta refused of a batch that is %s",
    async (state) => {
      const store = await open();
      await runOnce(store, [item(1), item(2)], { state, rejects: [reject(1)] });
      expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 0, rejects: 1 });
      expect(await store.rejects.list({}, 9)).toEqual([]);
    },
  );

  it("forgets the unanswered event as well as its reject, when it has both", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2)], { state: "unknown" });
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1)] }), {
      state: "rejected",
      rejects: [reject(1)],
    });
    await end(store, runId);
    expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
    expect(await store.ledger.retry("2-0")).toEqual({ kind: "done", events: 0, rejects: 1 });
    expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
    expect(await standingsOf(store, candidate(1), candidate(2))).toEqual([
      { kind: "new" },
      { kind: "new" },
    ]);
  });

  it("means a split batch with all its parts, and a part alone", async () => {
    const store = await open();
    const runId = await start(store);
    const items = [item(1), item(2), item(3)];
    await go(store, batch(runId, 0, { items }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, items: [item(1)] }), { state: "unknown" });
    await go(store, batch(runId, 2, { ...part, items: [item(2)] }), {
      state: "rejected",
      rejects: [reject(2)],
    });
    await go(store, batch(runId, 3, { ...part, items: [item(3)] }), { state: "unknown" });
    await go(store, batch(runId, 4, { items: [item(4)] }), { state: "unknown" });
    await end(store, runId);
    expect(await store.ledger.retry("1-1")).toEqual({ kind: "done", events: 1, rejects: 0 });
    expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 1 });
    expect(await store.events.counts(T0)).toMatchObject([{ unanswered: 1 }]);
  });

  it("gives up the open events of a batch in the operator's name", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2), item(3)], { state: "unknown" });
    await runOnce(store, [item(2)], { state: "succeeded" });
    await runOnce(store, [item(3)], { state: "rejected", rejects: [reject(3)] });
    expect(await store.ledger.skip("1-0", T0 + HOUR)).toEqual({
      kind: "done",
      events: 1,
      rejects: 1,
    });
    expect(await stateOf(store, "1-0")).toBe("skipped");
    expect(await store.rejects.list({ origin: "operator" }, 9)).toEqual([
      {
        ...reject(1),
        sync: SYNC,
        batchId: "1-0",
        origin: "operator",
        createdAt: T0 + HOUR,
        code: "skipped",
        message: "An operator gave the batch up.",
      },
    ]);
  });

  it("gives up the parts of a split batch in its name, with the content that was sent last", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    const changed = item(2, { contentDigest: hex(7), identity: "order-2b" });
    await go(store, batch(runId, 1, { ...part, items: [item(1)] }), { state: "succeeded" });
    await go(store, batch(runId, 2, { ...part, items: [changed] }), { state: "failed" });
    await end(store, runId);
    expect(await store.ledger.skip("1-0", T0)).toEqual({ kind: "done", events: 1, rejects: 1 });
    expect(await store.rejects.list({}, 9)).toMatchObject([
      { itemId: hex(2), contentDigest: hex(7), identity: "order-2b", batchId: "1-0" },
    ]);
    expect(await stateOf(store, "1-2")).toBe("failed");
  });

  it("takes the place of an earlier local reject when it gives an event up", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown" });
    const runId = await start(store);
    await store.rejects.noteLocal(runId, SYNC, [reject(1)], T0);
    await end(store, runId);
    expect(await store.ledger.skip("1-0", T0 + HOUR)).toMatchObject({ rejects: 1 });
    expect(await store.rejects.list({}, 9)).toMatchObject([{ origin: "operator" }]);
  });

  it("opens a batch again that an operator gave up and now wants retried", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown" });
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 1 });
    expect(await stateOf(store, "1-0")).toBe("failed");
    expect(await store.rejects.list({}, 9)).toEqual([]);
    expect(await standingsOf(store, candidate(1))).toEqual([{ kind: "new" }]);
  });

  it.each([
    ["rejected", "unknown"],
    ["retryable", "failed"],
  ] as const)(
    "opens again what had the outcome %s as %s, as it was before it was given up",
    async (outcome, state) => {
      const store = await open();
      await runOnce(store, [item(1)], { state, evidence: evidence({ outcome, confirmed: 0 }) });
      await store.ledger.skip("1-0", T0 + HOUR);
      await store.ledger.retry("1-0");
      expect(await stateOf(store, "1-0")).toBe(state);
    },
  );

  it("takes back an operator's word on people wherever later runs carried it on", async () => {
    const store = await open();
    const people = { surface: "custom_audiences", operation: "upsert" } as const;
    const first = await start(store);
    await go(store, batch(first, 0, people), { state: "unknown" });
    await end(store, first);
    await store.ledger.skip("1-0", T0 + HOUR);
    const runId = await start(store);
    const carried = { ...people, state: "skipped", settledAt: T0 + HOUR } as const;
    await store.ledger.carry([
      { ...batch(runId, 0), ...carried },
      { ...batch(runId, 1, { fingerprint: "another" }), ...carried },
    ]);
    await end(store, runId);
    await store.ledger.retry("2-0");
    expect([
      await stateOf(store, "1-0"),
      await stateOf(store, "2-0"),
      await stateOf(store, "2-1"),
    ]).toEqual(["failed", "superseded", "skipped"]);
  });

  it("takes back an operator's word on events from that batch alone", async () => {
    const store = await open();
    for (const number of [1, 2]) {
      await runOnce(store, [item(number)], { state: "unknown" });
      await store.ledger.skip(`${String(number)}-0`, T0 + HOUR);
    }
    await store.ledger.retry("2-0");
    expect([await stateOf(store, "1-0"), await stateOf(store, "2-0")]).toEqual([
      "skipped",
      "failed",
    ]);
  });

  it("gives up a batch of people, of which it has no items", async () => {
    const store = await open();
    const people = { surface: "custom_audiences", operation: "upsert", itemCount: 3 } as const;
    const runId = await start(store);
    await go(store, batch(runId, 0, people), { state: "failed" });
    await end(store, runId);
    expect(await store.ledger.skip("1-0", T0)).toEqual({ kind: "done", events: 0, rejects: 0 });
    expect(await stateOf(store, "1-0")).toBe("skipped");
  });

  it("puts in order first what a process left behind that ended in the middle of its run", async () => {
    const store = await open();
    const ended = await start(store);
    await go(store, batch(ended, 0, { items: [item(1)] }), { state: "unknown" });
    await go(store, batch(ended, 1, { items: [item(2)] }), { state: "sending" });
    await go(store, batch(ended, 2, { items: [item(3)] }), { state: "pending" });
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(4)] }), { state: "pending" });
    await end(store, runId);
    expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
    expect(await store.ledger.skip("1-1", T0)).toEqual({ kind: "done", events: 1, rejects: 1 });
    expect(await store.ledger.skip("1-2", T0)).toEqual({ kind: "refused", because: "never_sent" });
    expect(await store.ledger.retry("2-0")).toEqual({ kind: "refused", because: "never_sent" });
  });
}

/** What only a store shows that stays open: whoever opens it finds no run under way. */
export function leversDuringRun(open: OpenWorld): void {
  it.each(["pending", "sending", "unknown", "failed", "rejected", "split"] as const)(
    "refuses both words on a batch that is %s in a run that goes on, and leaves it alone",
    async (state) => {
      const store = await open();
      const runId = await start(store);
      await go(store, batch(runId, 0, { items: [item(1)] }), { state });
      expect(await store.ledger.retry("1-0")).toEqual({ kind: "refused", because: "under_way" });
      expect(await store.ledger.skip("1-0", T0)).toEqual({ kind: "refused", because: "under_way" });
      expect(await stateOf(store, "1-0")).toBe(state);
      expect(await store.runs.list(1)).toMatchObject([{ status: undefined }]);
    },
  );

  it("finds in order what an earlier run left, while another one goes on", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown" });
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(2)] }), { state: "sending" });
    expect(await store.ledger.retry("1-0")).toEqual({ kind: "done", events: 1, rejects: 0 });
    expect(await stateOf(store, "2-0")).toBe("sending");
    await end(store, runId);
  });
}
