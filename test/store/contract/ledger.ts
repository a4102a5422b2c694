import { expect, it } from "vitest";
import type { LedgerFilter } from "../../../src/store/ledger.js";
import { batch, end, evidence, go, HOUR, item, reject, runOnce, start, SYNC, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

export function ledger(open: OpenWorld): void {
  it("lists a planned batch with its sync, and without its items", async () => {
    const store = await open();
    const runId = await start(store);
    const { items, changes, ...planned } = batch(runId, 0, { items: [item(1), item(2)] });
    await store.ledger.plan({ ...planned, items, changes });
    expect(await store.ledger.list({ limit: 1 })).toEqual([
      {
        ...planned,
        sync: SYNC,
        state: "pending",
        attempts: 0,
        firstSentAt: undefined,
        settledAt: undefined,
        summary: undefined,
        openEvents: 0,
      },
    ]);
    expect(await store.ledger.attempts("1-0")).toEqual([]);
  });

  it("lists a batch of people, whose items it is not given", async () => {
    const store = await open();
    const runId = await start(store);
    const people = batch(runId, 0, {
      surface: "custom_audiences",
      operation: "remove",
      target: "vip \u{1F600}",
      records: 2,
      itemCount: 5,
      parent: "1-7",
    });
    await go(store, people, { state: "succeeded" });
    expect(await store.ledger.list({ limit: 1 })).toMatchObject([
      {
        surface: "custom_audiences",
        operation: "remove",
        target: "vip \u{1F600}",
        records: 2,
        itemCount: 5,
        parent: "1-7",
        state: "succeeded",
      },
    ]);
  });

  it("lists a batch that needed no request as settled when the one that counts was", async () => {
    const store = await open();
    const runId = await start(store);
    await store.ledger.carry([{ ...batch(runId, 0), state: "skipped", settledAt: T0 - HOUR }]);
    await store.ledger.carry([{ ...batch(runId, 1), state: "succeeded", settledAt: T0 - 1 }]);
    expect(await store.ledger.list({ limit: 2 })).toMatchObject([
      { state: "succeeded", settledAt: T0 - 1, attempts: 0, firstSentAt: undefined },
      { state: "skipped", settledAt: T0 - HOUR, attempts: 0, firstSentAt: undefined },
    ]);
  });

  it("keeps every attempt with its evidence whole", async () => {
    const store = await open();
    const runId = await start(store);
    const first = evidence({
      outcome: "retryable",
      evidenceCode: "meta.throttled",
      httpStatus: 400,
      code: 4,
      subcode: 99,
      message: 'Naïve "quote" \u{1F600}',
      retryAfterMs: 60_000,
      samples: { "sha256:12": "not an e-mail" },
      summary: "Wait.",
    });
    const second = evidence({ received: 1, fbtraceId: "AbC", summary: "Meta took it." });
    await go(store, batch(runId, 0), { state: "failed", at: T0, evidence: first });
    await store.ledger.sending({ batchId: "1-0", attempt: 2, at: T0 + 50, deadline: T0 + 99 });
    const sent = { batchId: "1-0", at: T0 + 60, attempt: 2, rejects: [] };
    await store.ledger.settle({ ...sent, state: "succeeded", evidence: second });
    await store.ledger.sending({ batchId: "1-0", attempt: 3, at: T0 + 70, deadline: T0 + 99 });
    expect(await store.ledger.attempts("1-0")).toEqual([
      {
        attempt: 1,
        sentAt: T0,
        deadline: T0 + 60_000,
        settledAt: T0 + 1_000,
        evidence: first,
      },
      {
        attempt: 2,
        sentAt: T0 + 50,
        deadline: T0 + 99,
        settledAt: T0 + 60,
        evidence: second,
      },
      {
        attempt: 3,
        sentAt: T0 + 70,
        deadline: T0 + 99,
        settledAt: undefined,
        evidence: undefined,
      },
    ]);
    expect(await store.ledger.list({ limit: 1 })).toMatchObject([
      {
        state: "sending",
        attempts: 3,
        firstSentAt: T0,
        settledAt: T0 + 60,
        summary: "Meta took it.",
      },
    ]);
  });

  it("knows no attempts of a batch that it does not know", async () => {
    const store = await open();
    expect(await store.ledger.attempts("9-9")).toEqual([]);
  });

  it("rejects a step of a batch that was never planned, and goes on", async () => {
    const store = await open();
    const sent = { batchId: "1-0", attempt: 1, at: T0 };
    await expect(store.ledger.sending({ ...sent, deadline: T0 })).rejects.toThrow(RangeError);
    await expect(
      store.ledger.settle({ ...sent, state: "failed", evidence: evidence(), rejects: [] }),
    ).rejects.toThrow(RangeError);
    expect(await store.ledger.list({ limit: 1 })).toEqual([]);
    expect(await start(store)).toBe(1);
  });

  it("keeps as rejects what Meta refused of a batch", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2)], {
      state: "partially_succeeded",
      rejects: [reject(2)],
    });
    expect(await store.rejects.list({}, 9)).toEqual([
      { ...reject(2), sync: SYNC, batchId: "1-0", origin: "meta", createdAt: T0 + 2_000 },
    ]);
  });

  it("lists the newest first and only what fits the whole filter", async () => {
    const store = await open();
    const first = await start(store);
    await go(store, batch(first, 0), { state: "succeeded" });
    await go(store, batch(first, 1, { target: "300" }), { state: "failed" });
    await end(store, first);
    const runId = await start(store, T0, "other");
    await go(store, batch(runId, 0), { state: "unknown" });
    await go(store, batch(runId, 1), { state: "pending" });
    const listed = async (filter: Omit<LedgerFilter, "limit">, limit = 9) =>
      (await store.ledger.list({ ...filter, limit })).map(({ batchId }) => batchId);
    expect(await listed({})).toEqual(["2-1", "2-0", "1-1", "1-0"]);
    expect(await listed({}, 3)).toEqual(["2-1", "2-0", "1-1"]);
    expect(await listed({}, 0)).toEqual([]);
    expect(await listed({ sync: SYNC })).toEqual(["1-1", "1-0"]);
    expect(await listed({ sync: "nobody's" })).toEqual([]);
    expect(await listed({ target: "300" })).toEqual(["1-1"]);
    expect(await listed({ runId: 2 })).toEqual(["2-1", "2-0"]);
    expect(await listed({ states: ["unknown", "failed"] })).toEqual(["2-0", "1-1"]);
    expect(await listed({ states: [] })).toEqual([]);
    expect(await listed({ states: ["failed"], runId: 2 })).toEqual([]);
    expect(await listed({ states: ["failed"], runId: 1, sync: SYNC, target: "300" })).toEqual([
      "1-1",
    ]);
  });

  it("counts the events of a batch that are neither delivered nor refused", async () => {
    const store = await open();
    const openEvents = async () =>
      Object.fromEntries(
        (await store.ledger.list({ limit: 9 })).map(({ batchId, openEvents: n }) => [batchId, n]),
      );
    const items = [item(1), item(2), item(3), item(4)];
    await runOnce(store, items, { state: "unknown" });
    expect(await openEvents()).toEqual({ "1-0": 4 });
    await runOnce(store, [item(1)], { state: "succeeded" });
    await runOnce(store, [item(2)], { state: "rejected", rejects: [reject(2)] });
    await runOnce(store, [item(3)], { state: "failed" });
    expect(await openEvents()).toEqual({ "1-0": 1, "2-0": 0, "3-0": 0, "4-0": 1 });
  });
}
