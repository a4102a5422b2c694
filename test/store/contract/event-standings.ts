import { expect, it } from "vitest";
import {
  batch,
  candidate,
  end,
  go,
  hex,
  HOUR,
  item,
  reject,
  runOnce,
  standingsOf,
  start,
  SYNC,
  T0,
} from "../rows.js";
import type { OpenWorld } from "../world.js";

const SENT = T0 + 1_000;
const UNANSWERED = {
  kind: "unanswered",
  firstSentAt: SENT,
  repeatSafeUntil: SENT + 46 * HOUR,
};

export function eventStandings(open: OpenWorld): void {
  it.each(["succeeded", "partially_succeeded"] as const)(
    "knows the events of a batch that %s as delivered, and whether they have changed since",
    async (state) => {
      const store = await open();
      await runOnce(store, [item(1), item(2)], { state });
      expect(await standingsOf(store, candidate(1), candidate(2, 9), candidate(3))).toEqual([
        { kind: "delivered", same: true },
        { kind: "delivered", same: false },
        { kind: "new" },
      ]);
    },
  );

  it("knows an event whose answer was lost as unanswered, from its first sending on", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    expect(await standingsOf(store, candidate(1), candidate(1, 9))).toEqual([
      UNANSWERED,
      { kind: "repeated", same: false },
    ]);
  });

  it("knows an event that was out when its process ended as unanswered", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "sending", at: SENT });
    expect(await standingsOf(store, candidate(1))).toEqual([UNANSWERED]);
  });

  it.each(["failed", "pending", "split"] as const)(
    "takes an event of a batch that is left %s as new",
    async (state) => {
      const store = await open();
      await runOnce(store, [item(1)], { state });
      expect(await standingsOf(store, candidate(1))).toEqual([{ kind: "new" }]);
    },
  );

  it("knows a refused event as rejected as long as it says the same", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2)], {
      state: "rejected",
      rejects: [reject(1), reject(2)],
    });
    expect(await standingsOf(store, candidate(1), candidate(2, 9))).toEqual([
      { kind: "rejected", origin: "meta" },
      { kind: "new" },
    ]);
  });

  it("knows the events of a split batch by its parts", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, items: [item(1)] }), { state: "succeeded" });
    await go(store, batch(runId, 2, { ...part, items: [item(2)] }), {
      state: "unknown",
      at: SENT,
    });
    await end(store, runId);
    expect(await standingsOf(store, candidate(1), candidate(2))).toEqual([
      { kind: "delivered", same: true },
      UNANSWERED,
    ]);
  });

  it("keeps an unanswered event given up, whatever it says by now, until that is taken back", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await standingsOf(store, candidate(1, 9))).toEqual([
      { kind: "rejected", origin: "operator" },
    ]);
    await store.ledger.retry("1-0");
    expect(await standingsOf(store, candidate(1, 9))).toEqual([{ kind: "new" }]);
  });

  it("takes an event that surely never arrived and was given up as new once it has changed", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "failed" });
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await standingsOf(store, candidate(1), candidate(2))).toEqual([
      { kind: "rejected", origin: "operator" },
      { kind: "new" },
    ]);
    expect(await standingsOf(store, candidate(1, 9))).toEqual([{ kind: "new" }]);
  });

  it("knows the open events of a batch that an operator gave up as rejected by the operator", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown" });
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await standingsOf(store, candidate(1), candidate(1))).toEqual([
      { kind: "rejected", origin: "operator" },
      { kind: "repeated", same: true },
    ]);
  });

  it("knows a delivered event as delivered, whatever came of it later", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2), item(3)], { state: "succeeded" });
    await runOnce(store, [item(1, { contentDigest: hex(7) })], { state: "unknown" });
    await runOnce(store, [item(2, { contentDigest: hex(7) })], { state: "failed" });
    await runOnce(store, [item(3, { contentDigest: hex(7) })], { state: "succeeded" });
    expect(await standingsOf(store, candidate(1), candidate(2), candidate(3))).toEqual([
      { kind: "delivered", same: true },
      { kind: "delivered", same: true },
      { kind: "delivered", same: true },
    ]);
  });

  it("counts from the first sending of an event, however often it is sent again without an answer", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    const again = item(1, { firstSentAt: SENT, repeatSafeMs: 99 });
    await runOnce(store, [again], { state: "unknown", at: SENT + 5 * HOUR });
    await runOnce(store, [again], { state: "failed", at: SENT + 6 * HOUR });
    expect(await standingsOf(store, candidate(1))).toEqual([UNANSWERED]);
  });

  it("counts from the first attempt of a batch that was tried several times", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "sending", at: SENT });
    await store.ledger.sending({
      batchId: "1-0",
      attempt: 2,
      at: SENT + 9,
      deadline: SENT + 99,
    });
    expect(await standingsOf(store, candidate(1))).toEqual([UNANSWERED]);
  });

  it("counts from the sending that may have arrived when earlier ones surely did not", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "failed", at: SENT - HOUR });
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    expect(await standingsOf(store, candidate(1))).toEqual([UNANSWERED]);
  });

  it("keeps the first sending that an item came with when its own batch surely never arrived", async () => {
    const store = await open();
    await runOnce(store, [item(1, { firstSentAt: SENT })], { state: "failed", at: SENT + HOUR });
    expect(await standingsOf(store, candidate(1))).toEqual([UNANSWERED]);
  });

  it("takes an unanswered event as delivered when a repeat of it succeeded, as it was then", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    await runOnce(store, [item(1, { contentDigest: hex(7), firstSentAt: SENT })], {
      state: "succeeded",
    });
    expect(await standingsOf(store, candidate(1, 7))).toEqual([{ kind: "delivered", same: true }]);
  });

  it("takes two batches of one run with the same event together, in their order", async () => {
    const store = await open();
    const runId = await start(store);
    const items = [item(1), item(2), item(3), item(4)];
    await go(store, batch(runId, 0, { items }), { state: "unknown", at: SENT });
    const changed = [1, 2].map((number) => item(number, { contentDigest: hex(7) }));
    await go(store, batch(runId, 1, { items: changed }), { state: "succeeded", at: SENT + 1 });
    const failing = [item(2), item(3, { repeatSafeMs: 5 })];
    await go(store, batch(runId, 2, { items: failing }), { state: "failed", at: SENT + 2 });
    await end(store, runId);
    expect(await standingsOf(store, ...[1, 2, 3, 4].map((number) => candidate(number)))).toEqual([
      { kind: "delivered", same: false },
      { kind: "delivered", same: false },
      UNANSWERED,
      UNANSWERED,
    ]);
  });

  it("answers in the order in which it is asked", async () => {
    const store = await open();
    const items = Array.from({ length: 50 }, (_, index) => item(index));
    await runOnce(store, items, { state: "succeeded" });
    const asked = Array.from({ length: 100 }, (_, index) => (index * 37) % 100);
    const standings = await standingsOf(store, ...asked.map((number) => candidate(number)));
    expect(standings.map(({ kind }) => kind)).toEqual(
      asked.map((number) => (number < 50 ? "delivered" : "new")),
    );
    expect(await standingsOf(store)).toEqual([]);
  });

  it("notices the second of two candidates of one run, and compares it with the first", async () => {
    const store = await open();
    const runId = await start(store);
    const first = [candidate(1), candidate(1), candidate(1, 9), candidate(2), candidate(1)];
    expect(await store.events.standings(runId, SYNC, first)).toEqual([
      { kind: "new" },
      { kind: "repeated", same: true },
      { kind: "repeated", same: false },
      { kind: "new" },
      { kind: "repeated", same: true },
    ]);
    expect(await store.events.standings(runId, SYNC, [candidate(1, 9), candidate(2)])).toEqual([
      { kind: "repeated", same: false },
      { kind: "repeated", same: true },
    ]);
  });

  it("forgets with the next run which candidates there were", async () => {
    const store = await open();
    expect(await standingsOf(store, candidate(1))).toEqual([{ kind: "new" }]);
    expect(await standingsOf(store, candidate(1))).toEqual([{ kind: "new" }]);
    expect(await store.events.standings(-1, SYNC, [candidate(1)])).toEqual([{ kind: "new" }]);
    expect(await store.events.standings(-2, SYNC, [candidate(1)])).toEqual([{ kind: "new" }]);
  });

  it("forgets nothing when it is asked about no candidates", async () => {
    const store = await open();
    const runId = await start(store);
    await store.events.standings(runId, SYNC, [candidate(1)]);
    expect(await store.events.standings(-1, SYNC, [])).toEqual([]);
    expect(await store.events.standings(runId, SYNC, [candidate(1)])).toEqual([
      { kind: "repeated", same: true },
    ]);
  });

  it("says of an event that is several things what matters most", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2)], { state: "unknown", at: SENT });
    await runOnce(store, [item(2)], { state: "succeeded", rejects: [reject(2)] });
    await runOnce(store, [item(1)], { state: "rejected", rejects: [reject(1)] });
    expect(await standingsOf(store, candidate(1), candidate(2), candidate(2))).toEqual([
      { kind: "rejected", origin: "meta" },
      { kind: "delivered", same: true },
      { kind: "repeated", same: true },
    ]);
  });

  it("leaves out what another sync had refused, and what was rejected here", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "rejected", rejects: [reject(1)] });
    const runId = await start(store, T0 + HOUR, "other");
    await store.rejects.noteLocal(runId, "other", [reject(2)], T0);
    expect(await store.events.standings(runId, "other", [candidate(1), candidate(2)])).toEqual([
      { kind: "new" },
      { kind: "new" },
    ]);
  });

  it("shows a dry run what the next run will find, and changes nothing for it", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "succeeded" });
    await go(store, batch(runId, 1, { items: [item(3)] }), { state: "sending", at: SENT });
    await go(store, batch(runId, 2, { items: [item(4)] }), { state: "pending" });
    await go(store, batch(runId, 3, { items: [item(2)] }), { state: "failed" });
    const asked = [1, 2, 3, 4].map((number) => candidate(number));
    const found = [
      { kind: "delivered", same: true },
      { kind: "delivered", same: true },
      UNANSWERED,
      { kind: "new" },
    ];
    expect(await store.events.standings(-1, SYNC, asked)).toEqual(found);
    expect(await store.events.standings(-2, SYNC, asked)).toEqual(found);
    expect((await store.ledger.list({ limit: 9 })).map(({ state }) => state)).toEqual([
      "failed",
      "pending",
      "sending",
      "succeeded",
    ]);
    expect(await standingsOf(store, ...asked)).toEqual(found);
  });
}
