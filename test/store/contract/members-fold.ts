import { expect, it } from "vitest";
import type { LedgerState } from "../../../src/store/ledger.js";
import type { WantedMember } from "../../../src/store/members.js";
import type { Store } from "../../../src/store/store.js";
import {
  audience,
  changesOf,
  difference,
  mirrorBatch,
  mirrorOnce,
  refusalOf,
  shown,
  toDo,
  VIP,
  wants,
} from "../member-rows.js";
import { batch, end, evidence, go, HOUR, start, SYNC, T0, type Fate } from "../rows.js";
import type { OpenWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });
const bob = wants(VIP, "bob", { keys: "b" });
const SENT_AT = T0 + 2 * HOUR;

async function heldRows(store: Store): Promise<number> {
  return (await store.members.audiences()).reduce((sum, { rows }) => sum + rows, 0);
}

/** A run that has begun what is to be done; nothing is sent yet. */
async function begun(store: Store, wanted: readonly WantedMember[]) {
  const runId = await start(store);
  const found = await difference(store, wanted);
  const changes = await changesOf(found);
  await found.begin(runId, [VIP]);
  return { runId, changes };
}

/** What is held, and what the next run does, once a run has added Ann by a request of that fate. */
async function afterAdding(store: Store, fate: Fate) {
  await mirrorOnce(store, [ann], { upsert: fate });
  return [await heldRows(store), await toDo(store, [ann])] as const;
}

const NEVER_APPLIED = ["pending", "failed", "rejected"] as const;

export function membersFold(open: OpenWorld): void {
  it("holds and confirms what Meta took, as of the instant at which its batch was first sent", async () => {
    const store = await open();
    const { runId, changes } = await begun(store, [ann]);
    await go(store, mirrorBatch(runId, 0, changes), { state: "failed", at: SENT_AT });
    const again = { batchId: "1-0", attempt: 2, at: SENT_AT + HOUR };
    await store.ledger.sending({ ...again, deadline: SENT_AT + HOUR });
    const settled = { state: "succeeded", evidence: evidence(), rejects: [] } as const;
    await store.ledger.settle({ ...again, ...settled });
    await end(store, runId);
    const since = (trustedSince: number) =>
      toDo(store, [ann], { audiences: [audience({ trustedSince })] });
    expect(await since(SENT_AT)).toEqual([]);
    expect(await since(SENT_AT + 1)).toEqual(["+ ann a"]);
  });

  it.each(["unknown", "sending"] as const)(
    "holds what was added by a batch that is %s, without confirming it",
    async (state) => {
      const store = await open();
      expect(await afterAdding(store, { state })).toEqual([1, ["+ ann a"]]);
      expect(await mirrorOnce(store, [])).toEqual(["- ann a"]);
    },
  );

  it.each(NEVER_APPLIED)(
    "holds nothing that was to be added by a batch that is %s",
    async (state) => {
      const store = await open();
      expect(await afterAdding(store, { state })).toEqual([0, ["+ ann a"]]);
    },
  );

  it.each([...NEVER_APPLIED, "unknown", "sending"] as const)(
    "holds what was to be removed by a batch that is %s, and removes it again",
    async (state) => {
      const store = await open();
      await mirrorOnce(store, [ann]);
      await mirrorOnce(store, [], { remove: { state } });
      expect([await heldRows(store), await toDo(store, [])]).toEqual([1, ["- ann a"]]);
      expect(await toDo(store, [ann])).toEqual(["+ ann a"]);
    },
  );

  it.each([...NEVER_APPLIED, "unknown", "sending"] as const)(
    "confirms nobody any more who was to be sent again by a batch that is %s",
    async (state) => {
      const store = await open();
      const couple = wants(VIP, "bob", { keys: "ab" });
      await mirrorOnce(store, [ann, couple]);
      await mirrorOnce(store, [ann], { upsert: { state } });
      expect(await toDo(store, [ann])).toEqual(["+ ann a"]);
    },
  );

  it("replaces the attributes of a row that may have been taken", async () => {
    const store = await open();
    const valued = (attributes: string) => [wants(VIP, "ann", { keys: "a", attributes })];
    await mirrorOnce(store, valued("1"));
    await mirrorOnce(store, valued("2"), { upsert: { state: "unknown" } });
    const [found] = (await difference(store, valued("2"))).audiences;
    expect(found?.members).toMatchObject({ repeated: 1, changed: 0 });
    expect(await heldRows(store)).toBe(1);
  });

  it("neither adds nor drops what Meta refused, whatever becomes of the rejects meanwhile", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, wants(VIP, "cid", { keys: "c" })]);
    const { runId, changes } = await begun(store, [bob, wants(VIP, "dan", { keys: "d" })]);
    const refused = changes.filter(({ identity }) => ["ann", "bob"].includes(identity));
    for (const [place, operation] of (["remove", "upsert"] as const).entries()) {
      const of = (change: { operation: string }) => change.operation === operation;
      const rejects = refused.filter(of).map((change) => refusalOf(change));
      const fate = { state: "partially_succeeded", rejects } as const;
      await go(store, mirrorBatch(runId, place, changes.filter(of)), fate);
    }
    expect(await store.rejects.retry({ sync: SYNC })).toBe(2);
    await end(store, runId);
    expect(await heldRows(store)).toBe(2);
    expect(await toDo(store, [])).toEqual(["- ann a", "- dan d"]);
    expect(await toDo(store, [bob])).toEqual(["+ bob b", "- ann a", "- dan d"]);
  });

  it("goes by what Meta refused in the last attempt of a batch", async () => {
    const store = await open();
    const { runId, changes } = await begun(store, [ann, bob]);
    const rejects = changes.slice(0, 1).map((change) => refusalOf(change));
    await go(store, mirrorBatch(runId, 0, changes), { state: "failed", rejects });
    const again = { batchId: "1-0", attempt: 2, at: SENT_AT };
    await store.ledger.sending({ ...again, deadline: SENT_AT });
    const settled = { state: "succeeded", evidence: evidence(), rejects: [] } as const;
    await store.ledger.settle({ ...again, ...settled });
    await end(store, runId);
    expect(await heldRows(store)).toBe(2);
  });

  it("leaves out what was refused before, until it changes or is to be retried", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob], { refuses: ["ann"] });
    expect(await toDo(store, [ann, bob])).toEqual([]);
    expect(await toDo(store, [wants(VIP, "ann", { keys: "a", attributes: "9" }), bob])).toEqual([
      "+ ann a",
    ]);
    await mirrorOnce(store, [], { refuses: ["bob"] });
    expect(await toDo(store, [])).toEqual([]);
    expect(await heldRows(store)).toBe(1);
    await store.rejects.retry({ sync: SYNC });
    expect(await toDo(store, [ann])).toEqual(["+ ann a", "- bob b"]);
  });

  it("sends nobody again for a removal that is left out", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, wants(VIP, "bob", { keys: "ab" })]);
    await mirrorOnce(store, [ann], { refuses: ["bob"], upsert: { state: "succeeded" } });
    expect(await toDo(store, [ann])).toEqual([]);
  });

  it("leaves out only what Meta or an operator refused, of this sync", async () => {
    const store = await open();
    const runId = await start(store, T0, "another");
    const [change] = await changesOf(await difference(store, [ann]));
    if (change === undefined) throw new Error("Ann is to be added");
    const elsewhere = batch(runId, 0, { target: "elsewhere" });
    await go(store, elsewhere, { state: "rejected", rejects: [refusalOf(change)] });
    await end(store, runId);
    expect(await toDo(store, [ann])).toEqual(["+ ann a"]);
    expect(await toDo(store, [ann], { sync: "another" })).toEqual([]);
    const own = await start(store);
    await store.rejects.noteLocal(own, SYNC, [refusalOf(change)], T0);
    expect(await toDo(store, [ann])).toEqual(["+ ann a"]);
  });

  it("takes a split batch by its parts", async () => {
    const store = await open();
    const { runId, changes } = await begun(store, [ann, bob, wants(VIP, "cid", { keys: "c" })]);
    await go(store, mirrorBatch(runId, 0, changes), { state: "split" });
    const fates: readonly LedgerState[] = ["succeeded", "unknown", "rejected"];
    const sent = new Map(fates.map((state, at) => [state, changes[at]?.identity]));
    for (const [at, state] of (["succeeded", "unknown", "rejected"] as const).entries()) {
      const part = { parent: "1-0", position: 0 };
      await go(store, mirrorBatch(runId, at + 1, changes.slice(at, at + 1), part), { state });
    }
    await end(store, runId);
    expect(await heldRows(store)).toBe(2);
    const next = await toDo(store, [ann, bob, wants(VIP, "cid", { keys: "c" })]);
    expect(next).toHaveLength(2);
    expect(next.join()).not.toContain(String(sent.get("succeeded")));
  });

  it("folds only the changes that a batch names", async () => {
    const store = await open();
    const { runId, changes } = await begun(store, [ann, bob, wants(VIP, "cid", { keys: "c" })]);
    const ends = [changes[0], changes[2]].filter((change) => change !== undefined);
    await go(store, mirrorBatch(runId, 0, ends), { state: "succeeded" });
    await end(store, runId);
    expect(await heldRows(store)).toBe(2);
    expect(await toDo(store, [ann, bob, wants(VIP, "cid", { keys: "c" })])).toEqual(
      changes.slice(1, 2).map(shown),
    );
  });

  it("goes by the last batch that sent a row, when several of a run did", async () => {
    const store = await open();
    const { runId, changes } = await begun(store, [ann, bob]);
    await go(store, mirrorBatch(runId, 0, changes), { state: "succeeded" });
    await go(store, mirrorBatch(runId, 1, changes.slice(0, 1)), { state: "unknown" });
    await end(store, runId);
    expect(await toDo(store, [ann, bob])).toEqual(changes.slice(0, 1).map(shown));
  });

  it("finds what a process left in the middle of a run as the next one will", async () => {
    const store = await open();
    await mirrorOnce(store, [wants(VIP, "cid", { keys: "c" })]);
    const { runId, changes } = await begun(store, [ann, bob]);
    const removals = changes.filter(({ operation }) => operation === "remove");
    const additions = changes.filter(({ operation }) => operation === "upsert");
    await go(store, mirrorBatch(runId, 0, removals), { state: "succeeded" });
    await go(store, mirrorBatch(runId, 1, additions.slice(0, 1)), { state: "sending" });
    await go(store, mirrorBatch(runId, 2, additions.slice(1)), { state: "pending" });
    const seen = async () => [
      await heldRows(store),
      await toDo(store, []),
      await toDo(store, [ann, bob]),
    ];
    const before = await seen();
    expect(before).toEqual([
      1,
      additions.slice(0, 1).map((change) => shown(change).replace("+", "-")),
      ["+ ann a", "+ bob b"],
    ]);
    await start(store);
    expect(await seen()).toEqual(before);
  });

  it("folds a batch that the end of its run found under way when the next one starts", async () => {
    const store = await open();
    const { runId, changes } = await begun(store, [ann]);
    await go(store, mirrorBatch(runId, 0, changes), { state: "sending" });
    await end(store, runId);
    await end(store, runId);
    expect(await heldRows(store)).toBe(1);
    await start(store);
    expect([await heldRows(store), await toDo(store, [])]).toEqual([1, ["- ann a"]]);
  });
}
