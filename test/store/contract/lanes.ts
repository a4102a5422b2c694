import { expect, it } from "vitest";
import type { Store } from "../../../src/store/store.js";
import {
  batch,
  end,
  evidence,
  go,
  HOUR,
  item,
  PIXEL,
  reject,
  runOnce,
  start,
  SYNC,
  T0,
  laneOf,
} from "../rows.js";
import type { OpenWorld } from "../world.js";

async function lane(store: Store, runId = -1) {
  return (await store.ledger.lane(laneOf(SYNC, PIXEL, runId))).positions;
}

async function givenUp(store: Store) {
  return (await store.ledger.lane(laneOf(SYNC, PIXEL, -1))).givenUp;
}

export function lanes(open: OpenWorld): void {
  it("finds nothing in a lane that was never used", async () => {
    const store = await open();
    expect(await lane(store, 1)).toEqual([]);
    expect(await lane(store)).toEqual([]);
  });

  it("finds the planned batches of the latest run before, by position", async () => {
    const store = await open();
    await end(store, await start(store));
    const runId = await start(store);
    await go(store, batch(runId, 2), { state: "pending" });
    await go(store, batch(runId, 1), { state: "failed", at: T0 });
    await go(store, batch(runId, 0), { state: "succeeded", at: T0 + HOUR });
    const found = [
      ["resolved", T0 + HOUR],
      ["open", T0],
      ["open", undefined],
    ].map(([standing, countsFrom], position) => ({
      position,
      fingerprint: `fingerprint-${String(position)}`,
      operation: "import",
      batchId: `${String(runId)}-${String(position)}`,
      standing,
      hasRefused: false,
      sent: countsFrom !== undefined,
      countsFrom,
    }));
    expect(await lane(store, runId)).toEqual([]);
    expect(await lane(store, runId + 1)).toEqual(found);
    expect(await lane(store)).toEqual(found);
  });

  it("keeps lanes apart: a target of one sync is one", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), { state: "succeeded" });
    await go(store, batch(runId, 1, { target: "300" }), { state: "succeeded" });
    const other = await start(store, T0, "other");
    await go(store, batch(other, 0, { target: "500" }), { state: "succeeded" });
    expect((await lane(store)).map(({ batchId }) => batchId)).toEqual(["1-0"]);
    expect((await store.ledger.lane(laneOf(SYNC, "300", -1))).positions).toMatchObject([
      { batchId: "1-1" },
    ]);
    expect((await store.ledger.lane(laneOf("other", "300", -1))).positions).toEqual([]);
  });

  it.each([
    ["another sync", "other", PIXEL],
    ["the same one, by another name", SYNC, "300"],
  ])("finds nothing once %s has sent something to the same place", async (_, sync, target) => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), { state: "succeeded", at: T0 });
    await end(store, runId);
    const path = `/v26.0/${PIXEL}/events`;
    const other = await start(store, T0 + HOUR, sync);
    await go(store, batch(other, 0, { target, path }), { state: "pending" });
    expect(await lane(store)).toMatchObject([{ batchId: "1-0", standing: "resolved" }]);
    await go(store, batch(other, 1, { target, path }), { state: "failed", at: T0 + HOUR });
    await end(store, other);
    expect(await lane(store)).toEqual([]);
    const next = await start(store, T0 + 2 * HOUR);
    await go(store, batch(next, 0), { state: "succeeded", at: T0 + 2 * HOUR });
    expect(await lane(store)).toMatchObject([{ batchId: `${String(next)}-0` }]);
  });

  it("finds nothing once the same sync has changed the place as a mirror", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), { state: "succeeded", at: T0 });
    await end(store, runId);
    const mirror = await start(store, T0 + HOUR);
    const changes = [{ first: 0, last: 0 }];
    await go(store, batch(mirror, 0, { changes }), { state: "succeeded", at: T0 + HOUR });
    await end(store, mirror);
    expect(await lane(store)).toEqual([]);
  });

  it.each([
    ["succeeded", "resolved"],
    ["partially_succeeded", "resolved"],
    ["rejected", "refused"],
    ["failed", "open"],
    ["unknown", "open"],
    ["sending", "open"],
    ["split", "open"],
  ] as const)("takes a batch that is %s as %s", async (state, standing) => {
    const store = await open();
    await go(store, batch(await start(store), 0, { items: [item(1)] }), { state });
    expect(await lane(store)).toMatchObject([{ standing }]);
  });

  it("takes what Meta took less some records as refused, even when their rejects are retried", async () => {
    const store = await open();
    const items = [item(1), item(2)];
    await runOnce(store, items, { state: "partially_succeeded", rejects: [reject(1)] });
    const refused = { standing: "refused", hasRefused: true, sent: true };
    expect(await lane(store)).toMatchObject([refused]);
    await store.ledger.retry("1-0");
    expect(await lane(store)).toMatchObject([refused]);
  });

  it("knows of a batch that was under way when its process ended that it was sent", async () => {
    const store = await open();
    const people = { surface: "custom_audiences", operation: "upsert" } as const;
    await go(store, batch(await start(store), 0, people), { state: "sending", at: T0 });
    const sent = { standing: "open", hasRefused: false, sent: true, countsFrom: T0 };
    expect(await lane(store)).toMatchObject([sent]);
    await end(store, await start(store));
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await lane(store)).toMatchObject([{ standing: "skipped", sent: true, countsFrom: T0 }]);
  });

  it("takes a split batch as resolved when its parts together have all of it", async () => {
    const store = await open();
    const runId = await start(store);
    const items = [item(1), item(2), item(3)];
    await go(store, batch(runId, 0, { items }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, itemCount: 2 }), { state: "partially_succeeded" });
    expect(await lane(store)).toMatchObject([{ batchId: "1-0", standing: "open" }]);
    await go(store, batch(runId, 2, { ...part, itemCount: 1 }), { state: "unknown" });
    expect(await lane(store)).toMatchObject([{ standing: "open" }]);
    await store.ledger.sending({ batchId: "1-2", attempt: 2, at: T0, deadline: T0 });
    await settleAgain(store, "1-2");
    expect(await lane(store)).toMatchObject([{ batchId: "1-0", standing: "resolved" }]);
  });

  it("tells of a split batch that some records were refused while others are open", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, items: [item(1)] }), { state: "rejected" });
    await go(store, batch(runId, 2, { ...part, items: [item(2)] }), { state: "unknown" });
    expect(await lane(store)).toMatchObject([{ standing: "open", hasRefused: true }]);
  });

  it("takes a split batch as refused when nothing of it is open, but Meta refused some", async () => {
    const store = await open();
    const runId = await start(store);
    const items = [item(1), item(2), item(3)];
    await go(store, batch(runId, 0, { items }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, itemCount: 2 }), { state: "succeeded" });
    expect(await lane(store)).toMatchObject([{ standing: "open" }]);
    await go(store, batch(runId, 2, { ...part, itemCount: 1 }), { state: "rejected" });
    expect(await lane(store)).toMatchObject([{ batchId: "1-0", standing: "refused" }]);
  });

  it("takes a split batch as refused when Meta took a part less some records", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2), item(3)] }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, itemCount: 1 }), { state: "succeeded" });
    await go(store, batch(runId, 2, { ...part, itemCount: 2 }), {
      state: "partially_succeeded",
      rejects: [reject(2)],
    });
    expect(await lane(store)).toMatchObject([{ standing: "refused", hasRefused: true }]);
  });

  it("takes a batch that an operator gave up as skipped, and as open when it is to be retried", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown" });
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await lane(store)).toMatchObject([{ standing: "skipped" }]);
    await store.ledger.retry("1-0");
    expect(await lane(store)).toMatchObject([{ standing: "open" }]);
  });

  it("keeps what an operator gave up, whichever run it was of", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown" });
    await store.ledger.skip("1-0", T0 + HOUR);
    const word = { position: 0, fingerprint: "fingerprint-0", settledAt: T0 + 2_000 };
    expect(await givenUp(store)).toEqual([word]);
    await runOnce(store, [item(2)], { state: "failed" });
    expect(await lane(store)).toMatchObject([{ batchId: "2-0", standing: "open" }]);
    expect(await givenUp(store)).toEqual([word]);
    expect((await store.ledger.lane(laneOf("other", PIXEL, -1))).givenUp).toEqual([]);
    expect((await store.ledger.lane(laneOf(SYNC, PIXEL, 1))).givenUp).toEqual([]);
    await store.ledger.retry("1-0");
    expect(await givenUp(store)).toEqual([]);
  });

  it("finds what a run carried next to what it sent", async () => {
    const store = await open();
    const runId = await start(store);
    await store.ledger.carry([{ ...batch(runId, 0), state: "succeeded", settledAt: T0 - HOUR }]);
    await store.ledger.carry([{ ...batch(runId, 1), state: "skipped", settledAt: T0 - 1 }]);
    await go(store, batch(runId, 2), { state: "unknown", at: T0 });
    expect(await lane(store)).toMatchObject([
      { standing: "resolved", countsFrom: T0 - HOUR },
      { standing: "skipped", countsFrom: T0 - 1 },
      { standing: "open", countsFrom: T0 },
    ]);
  });

  it("passes over a run that sent nothing: it left everything as it was", async () => {
    const store = await open();
    const sent = await start(store);
    await go(store, batch(sent, 0), { state: "succeeded" });
    await go(store, batch(sent, 1), { state: "unknown" });
    await end(store, sent);
    const idle = await start(store);
    await store.ledger.carry([{ ...batch(idle, 0), state: "succeeded", settledAt: T0 }]);
    await go(store, batch(idle, 1), { state: "pending" });
    await end(store, idle);
    expect((await lane(store)).map(({ batchId }) => batchId)).toEqual(["1-0", "1-1"]);
    const failing = await start(store);
    await go(store, batch(failing, 0), { state: "pending" });
    await settleAgain(store, "3-0", "failed");
    expect((await lane(store)).map(({ batchId }) => batchId)).toEqual(["3-0"]);
  });
}

/** Settles a batch whose last attempt is the second, or which never had one. */
async function settleAgain(
  store: Store,
  batchId: string,
  state: "succeeded" | "failed" = "succeeded",
): Promise<void> {
  await store.ledger.settle({
    batchId,
    state,
    at: T0,
    attempt: 2,
    evidence: evidence(),
    rejects: [],
  });
}
