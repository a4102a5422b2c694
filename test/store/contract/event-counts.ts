import { expect, it } from "vitest";
import { batch, end, go, HOUR, item, reject, runOnce, start, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

const SENT = T0 + 1_000;
const UNTIL = SENT + 46 * HOUR;

export function eventCounts(open: OpenWorld): void {
  it("counts nothing where nothing was sent", async () => {
    const store = await open();
    expect(await store.events.counts(T0)).toEqual([]);
  });

  it("counts by pixel, and tells from when on an unanswered event is in doubt", async () => {
    const store = await open();
    const runId = await start(store);
    const fate = { state: "unknown", at: SENT } as const;
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "succeeded" });
    await go(store, batch(runId, 1, { items: [item(3)] }), fate);
    await go(store, batch(runId, 2, { items: [item(4), item(5)], target: "300" }), fate);
    await end(store, runId);
    const counted = (unanswered: 0 | 1) => [
      { pixelId: "300", delivered: 0, unanswered: 2 * unanswered, inDoubt: 2 - 2 * unanswered },
      { pixelId: "400000000000456", delivered: 2, unanswered, inDoubt: 1 - unanswered },
    ];
    expect(await store.events.counts(UNTIL)).toEqual(counted(1));
    expect(await store.events.counts(UNTIL + 1)).toEqual(counted(0));
  });

  it("counts neither an event that was refused since nor one that surely never left", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2)], { state: "unknown", at: SENT });
    await runOnce(store, [item(1)], { state: "rejected", rejects: [reject(1)] });
    await runOnce(store, [item(3)], { state: "failed" });
    expect(await store.events.counts(SENT)).toMatchObject([
      { delivered: 0, unanswered: 1, inDoubt: 0 },
    ]);
    await store.ledger.skip("1-0", T0 + HOUR);
    expect(await store.events.counts(SENT)).toMatchObject([
      { delivered: 0, unanswered: 0, inDoubt: 0 },
    ]);
  });

  it("counts an unanswered event that was rejected only here", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    const runId = await start(store);
    await store.rejects.noteLocal(runId, "orders", [reject(1)], T0);
    expect(await store.events.counts(SENT)).toMatchObject([{ unanswered: 1 }]);
  });
}
