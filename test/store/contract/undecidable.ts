import { expect, it } from "vitest";
import { batch, end, go, item, reject, runOnce, start, stateOf, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

/** Batches about which an operator has nothing to decide. */
export function undecidable(open: OpenWorld): void {
  it.each(["rejected", "partially_succeeded"] as const)(
    "refuses to give up a batch that is %s: nothing of it is open",
    async (state) => {
      const store = await open();
      await runOnce(store, [item(1), item(2)], { state, rejects: [reject(1)] });
      expect(await store.ledger.skip("1-0", T0)).toEqual({
        kind: "refused",
        because: "nothing_open",
      });
      expect(await stateOf(store, "1-0")).toBe(state);
    },
  );

  it("refuses to give up a split batch of which Meta has taken or refused all parts", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "split" });
    const part = { parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, items: [item(1)] }), { state: "succeeded" });
    await go(store, batch(runId, 2, { ...part, items: [item(2)] }), { state: "rejected" });
    await end(store, runId);
    expect(await store.ledger.skip("1-0", T0)).toEqual({
      kind: "refused",
      because: "nothing_open",
    });
  });

  it("refuses both words on a batch that no request of its own was made for", async () => {
    const store = await open();
    const runId = await start(store);
    await store.ledger.carry([{ ...batch(runId, 0), state: "failed", settledAt: T0 }]);
    await end(store, runId);
    const refused = { kind: "refused", because: "never_sent" };
    expect(await store.ledger.retry("1-0")).toEqual(refused);
    expect(await store.ledger.skip("1-0", T0)).toEqual(refused);
  });

  it("refuses to give up people in part: the next run plans the whole request", async () => {
    const store = await open();
    const people = { surface: "custom_audiences", operation: "upsert" } as const;
    const runId = await start(store);
    await go(store, batch(runId, 0, { ...people, itemCount: 3 }), { state: "split" });
    const part = { ...people, parent: "1-0", position: 0 };
    await go(store, batch(runId, 1, { ...part, itemCount: 1 }), { state: "succeeded" });
    await go(store, batch(runId, 2, { ...part, itemCount: 2 }), { state: "unknown" });
    await end(store, runId);
    expect(await store.ledger.skip("1-0", T0)).toEqual({ kind: "refused", because: "in_part" });
    expect(await store.ledger.skip("1-2", T0)).toEqual({ kind: "refused", because: "is_part" });
  });

  it("refuses to give up a batch whose events others have delivered or were given up before", async () => {
    const store = await open();
    await runOnce(store, [item(1), item(2)], { state: "unknown" });
    await runOnce(store, [item(1)], { state: "succeeded" });
    expect(await store.ledger.skip("1-0", T0)).toEqual({ kind: "done", events: 1, rejects: 1 });
    const refused = { kind: "refused", because: "nothing_open" };
    expect(await store.ledger.skip("1-0", T0)).toEqual(refused);
  });

  it("refuses to give up a request of people that a later run had acknowledged", async () => {
    const store = await open();
    for (const state of ["unknown", "succeeded"] as const) {
      const runId = await start(store);
      await go(store, batch(runId, 0, PEOPLE), { state });
      await end(store, runId);
    }
    const refused = { kind: "refused", because: "acknowledged" };
    expect(await store.ledger.skip("1-0", T0)).toEqual(refused);
  });
}

const PEOPLE = { surface: "custom_audiences", operation: "upsert" } as const;
