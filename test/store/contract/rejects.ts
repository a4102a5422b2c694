import { expect, it } from "vitest";
import type { RejectFilter } from "../../../src/store/rejects.js";
import type { Store } from "../../../src/store/store.js";
import {
  candidate,
  end,
  go,
  batch,
  hex,
  HOUR,
  item,
  reject,
  runOnce,
  start,
  SYNC,
  T0,
} from "../rows.js";
import type { OpenWorld } from "../world.js";

/** One reject of each origin: Meta's of order-1, the operator's of order-2, ours of order-3. */
async function oneOfEach(store: Store): Promise<void> {
  await runOnce(store, [item(1), item(2)], { state: "unknown" });
  await runOnce(store, [item(1)], { state: "rejected", rejects: [reject(1)] });
  await store.ledger.skip("1-0", T0 + HOUR);
  const runId = await start(store, T0, "other");
  const local = reject(3, { scope: "", code: "no_route", field: "event_name" });
  await store.rejects.noteLocal(runId, "other", [local], T0 + 2 * HOUR);
  await end(store, runId);
}

export function rejects(open: OpenWorld): void {
  it("says of each record who refused it with this content, in order", async () => {
    const store = await open();
    await oneOfEach(store);
    const asked = [candidate(3), candidate(2), candidate(9), candidate(1), candidate(1, 5)];
    expect(await store.rejects.standing(SYNC, asked)).toEqual([
      undefined,
      "operator",
      undefined,
      "meta",
      undefined,
    ]);
    expect(await store.rejects.standing("other", asked)).toEqual(asked.map(() => undefined));
    expect(await store.rejects.standing(SYNC, [])).toEqual([]);
    expect(await store.rejects.standing(SYNC, [candidate(1), candidate(1)])).toEqual([
      "meta",
      "meta",
    ]);
  });

  it("keeps of several refusals of one record the last", async () => {
    const store = await open();
    const runId = await start(store);
    await go(store, batch(runId, 0), {
      state: "rejected",
      rejects: [reject(1), reject(2), reject(1, { contentDigest: hex(7), code: "100" })],
    });
    await go(store, batch(runId, 1), {
      state: "rejected",
      at: T0 + HOUR,
      rejects: [reject(2, { code: "200" })],
    });
    expect(await store.rejects.list({}, 9)).toMatchObject([
      { itemId: hex(2), code: "200", batchId: "1-1" },
      { itemId: hex(1), code: "100", batchId: "1-0", contentDigest: hex(7) },
    ]);
  });

  it("tells new local rejects from those that stand, which keep their instant", async () => {
    const store = await open();
    const first = await start(store);
    const noted = [reject(1), reject(2)];
    expect(await store.rejects.noteLocal(first, SYNC, noted, T0)).toEqual([true, true]);
    await end(store, first);
    const second = await start(store);
    const again = [reject(3), reject(1), reject(2, { contentDigest: hex(7), message: "Other." })];
    expect(await store.rejects.noteLocal(second, SYNC, again, T0 + HOUR)).toEqual([
      true,
      false,
      true,
    ]);
    const listed = await store.rejects.list({}, 9);
    expect(listed.map(({ identity, createdAt }) => [identity, createdAt - T0])).toEqual([
      ["order-2", HOUR],
      ["order-3", HOUR],
      ["order-1", 0],
    ]);
    expect(await store.rejects.noteLocal(second, SYNC, [], T0)).toEqual([]);
  });

  it("takes as new again what a run noted that broke off, since nobody was told of it", async () => {
    const store = await open();
    await store.rejects.noteLocal(await start(store), SYNC, [reject(1)], T0);
    const second = await start(store);
    expect(await store.rejects.noteLocal(second, SYNC, [reject(1)], T0 + HOUR)).toEqual([true]);
    await end(store, second);
    const third = await start(store);
    expect(await store.rejects.noteLocal(third, SYNC, [reject(1)], T0 + HOUR)).toEqual([false]);
  });

  it("takes several local rejects of one record in their order, all new in the run that noted them", async () => {
    const store = await open();
    const runId = await start(store);
    const other = reject(1, { contentDigest: hex(7), message: "Other." });
    await store.rejects.noteLocal(runId, SYNC, [reject(1)], T0);
    expect(
      await store.rejects.noteLocal(
        runId,
        SYNC,
        [reject(1), other, other, reject(1), other, other],
        T0 + HOUR,
      ),
    ).toEqual([true, true, true, true, true, true]);
    expect(await store.rejects.list({}, 9)).toEqual([
      { ...other, sync: SYNC, batchId: undefined, origin: "local", createdAt: T0 + HOUR },
    ]);
  });

  it("takes a record that came back to what an earlier run noted as new, once it said something else", async () => {
    const store = await open();
    const first = await start(store);
    await store.rejects.noteLocal(first, SYNC, [reject(1)], T0);
    await end(store, first);
    const second = await start(store);
    const other = reject(1, { contentDigest: hex(7) });
    const noted = [reject(1), other, reject(1)];
    expect(await store.rejects.noteLocal(second, SYNC, noted, T0 + HOUR)).toEqual([
      false,
      true,
      true,
    ]);
    expect(await store.rejects.list({}, 9)).toMatchObject([
      { contentDigest: reject(1).contentDigest, createdAt: T0 + HOUR },
    ]);
  });

  it("takes a local reject of what Meta had refused as new, and puts it in its place", async () => {
    const store = await open();
    await runOnce(store, [item(1)], { state: "rejected", rejects: [reject(1)] });
    const runId = await start(store);
    expect(await store.rejects.noteLocal(runId, SYNC, [reject(1)], T0 + HOUR)).toEqual([true]);
    expect(await store.rejects.list({}, 9)).toMatchObject([
      { origin: "local", createdAt: T0 + HOUR, batchId: undefined },
    ]);
  });

  it("keeps the local rejects of two syncs apart", async () => {
    const store = await open();
    const runId = await start(store);
    expect(await store.rejects.noteLocal(runId, SYNC, [reject(1)], T0)).toEqual([true]);
    expect(await store.rejects.noteLocal(runId, "other", [reject(1)], T0)).toEqual([true]);
    expect(await store.rejects.list({}, 9)).toHaveLength(2);
  });

  it("drops the local rejects of a sync that a whole run has not noted again, and no others", async () => {
    const store = await open();
    await oneOfEach(store);
    const first = await start(store);
    await store.rejects.noteLocal(first, SYNC, [reject(4), reject(5)], T0 + 3 * HOUR);
    await end(store, first);
    const second = await start(store);
    await store.rejects.noteLocal(second, SYNC, [reject(5)], T0 + 4 * HOUR);
    await store.rejects.dropStaleLocal(second, SYNC);
    const listed = await store.rejects.list({}, 9);
    expect(listed.map(({ identity }) => identity)).toEqual([
      "order-5",
      "order-3",
      "order-2",
      "order-1",
    ]);
  });

  it("lists the newest first, those of one instant by identity, and no more than asked for", async () => {
    const store = await open();
    const runId = await start(store);
    const noted = [
      reject(1, { identity: "b" }),
      reject(2, { identity: "\u{1F600}" }),
      reject(3, { identity: "\uFFFD" }),
      reject(5, { identity: "a" }),
      reject(4, { identity: "a" }),
    ];
    await store.rejects.noteLocal(runId, SYNC, noted, T0);
    await store.rejects.noteLocal(runId, SYNC, [reject(6, { identity: "z" })], T0 + 1);
    const listed = await store.rejects.list({}, 9);
    expect(listed.map(({ itemId }) => itemId)).toEqual([6, 4, 5, 1, 3, 2].map(hex));
    expect(await store.rejects.list({}, 2)).toEqual(listed.slice(0, 2));
    expect(await store.rejects.list({}, 2_000_000_000)).toEqual(listed);
    expect(await store.rejects.list({}, 0)).toEqual([]);
  });

  it.each<[RejectFilter, readonly string[]]>([
    [{}, ["order-3", "order-2", "order-1"]],
    [{ sync: SYNC }, ["order-2", "order-1"]],
    [{ scope: "" }, ["order-3"]],
    [{ code: "no_route" }, ["order-3"]],
    [{ origin: "meta" }, ["order-1"]],
    [{ identity: "order-2" }, ["order-2"]],
    [{ batchId: "2-0" }, ["order-1"]],
    [{ sync: SYNC, origin: "operator", code: "skipped", batchId: "1-0" }, ["order-2"]],
    [{ sync: SYNC, origin: "local" }, []],
  ])("lists, counts and retries what fits %j", async (filter, identities) => {
    const store = await open();
    await oneOfEach(store);
    const listed = await store.rejects.list(filter, 9);
    expect(listed.map(({ identity }) => identity)).toEqual(identities);
    const counts = await store.rejects.counts(filter);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(identities.length);
    expect(await store.rejects.retry(filter)).toBe(identities.length);
    expect(await store.rejects.list(filter, 9)).toEqual([]);
    expect(await store.rejects.list({}, 9)).toHaveLength(3 - identities.length);
  });

  it("counts rejects by sync, scope, origin, code and operation, in the order of code points", async () => {
    const store = await open();
    await oneOfEach(store);
    const runId = await start(store, T0, "order!");
    const noted = [
      reject(11, { scope: "a!", code: "too_old" }),
      reject(12, { scope: "a", code: "too_old" }),
      reject(13, { scope: "a", code: "no_route" }),
      reject(14, { scope: "a", code: "no_route" }),
      reject(15, { scope: "a", code: "no_route", operation: "upsert" }),
    ];
    await store.rejects.noteLocal(runId, "order!", noted, T0);
    expect(
      (await store.rejects.counts({})).map(
        ({ sync, scope, origin, code, operation, count }) =>
          `${sync}/${scope.slice(0, 3)}/${origin}/${code}/${operation}: ${String(count)}`,
      ),
    ).toEqual([
      "order!/a/local/no_route/import: 2",
      "order!/a/local/no_route/upsert: 1",
      "order!/a/local/too_old/import: 1",
      "order!/a!/local/too_old/import: 1",
      "orders/400/meta/100/2804003/import: 1",
      "orders/400/operator/skipped/import: 1",
      "other//local/no_route/import: 1",
    ]);
  });
}
