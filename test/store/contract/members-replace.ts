/** Audiences in which everybody is replaced as soon as anything differs. */
import { expect, it } from "vitest";
import type { WantedMember } from "../../../src/store/members.js";
import type { Store } from "../../../src/store/store.js";
import {
  audience,
  changesOf,
  difference,
  mirrorBatch,
  mirrorOnce,
  refusalOf,
  toDo,
  VIP,
  VIP_ID,
  wants,
} from "../member-rows.js";
import { end, go, start, type Fate } from "../rows.js";
import type { OpenWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });
const bob = wants(VIP, "bob", { keys: "b" });
const cid = wants(VIP, "cid", { keys: "c" });

const REPLACED = { audiences: [audience({ replaces: true })] };

/** What becomes of the requests of a replace: the first row alone, the others by the last request. */
interface Session {
  readonly first?: Fate;
  readonly last?: Fate;
  readonly refuses?: string;
}

/** A run that replaces everybody by two requests; gives whom it sent in the first. */
async function replaceBy(
  store: Store,
  wanted: readonly WantedMember[],
  { first = { state: "succeeded" }, last = { state: "succeeded" }, refuses }: Session = {},
): Promise<string | undefined> {
  const runId = await start(store);
  const found = await difference(store, wanted, REPLACED);
  await found.begin(runId, [VIP]);
  const added = (await changesOf(found)).filter(({ operation }) => operation === "upsert");
  const refused = added.filter(({ identity }) => identity === refuses);
  await go(store, mirrorBatch(runId, 0, added.slice(0, 1), { operation: "preliminary" }), {
    ...first,
    rejects: refused.map((change) => refusalOf(change)),
  });
  const { replaced } = found.audiences[0] ?? {};
  const all = { changes: replaced === undefined ? [] : [replaced] };
  await go(store, mirrorBatch(runId, 1, added.slice(1), { operation: "replace", ...all }), last);
  await end(store, runId);
  return added[0]?.identity;
}

export function membersReplace(open: OpenWorld): void {
  it("sends everybody as soon as anything differs, and else nobody", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    expect(await toDo(store, [ann, bob], REPLACED)).toEqual([]);
    expect(await toDo(store, [ann, bob, cid], REPLACED)).toEqual(["+ ann a", "+ bob b", "+ cid c"]);
    expect(await toDo(store, [bob], REPLACED)).toEqual(["+ bob b", "- ann a"]);
  });

  it("counts what would be removed otherwise, and everybody else as sent again", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    const shared = wants(VIP, "cid", { keys: "ac" });
    const { audiences } = await difference(store, [bob, shared], REPLACED);
    expect(audiences).toEqual([
      {
        target: VIP,
        audienceId: VIP_ID,
        members: { joined: 1, moved: 0, changed: 0, repeated: 1, unchanged: 0, left: 0 },
        rows: {
          ...{ held: 2, wanted: 2, removals: 0, additions: 2 },
          ...{ removedByChange: 0, kept: 1, refusedRemovals: 0, refusedAdditions: 0 },
        },
        replaced: { first: 0, last: 2 },
      },
    ]);
  });

  it("holds exactly whoever is wanted once the last request is acknowledged", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await replaceBy(store, [bob, cid]);
    expect(await store.members.audiences()).toMatchObject([{ rows: 2 }]);
    expect(await toDo(store, [bob, cid])).toEqual([]);
    expect(await toDo(store, [])).toEqual(["- bob b", "- cid c"]);
  });

  it.each<readonly [string, Session]>([
    ["was not answered", { last: { state: "unknown" } }],
    ["was refused", { last: { state: "failed" } }],
    ["was never sent", { last: { state: "pending" } }],
    ["was being sent when its process ended", { last: { state: "sending" } }],
  ])("confirms nobody when the last request %s, and forgets nobody", async (_, session) => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    const wanted = [bob, cid].toSorted((a, b) => order(a) - order(b));
    await replaceBy(store, wanted, session);
    await start(store);
    expect(await toDo(store, wanted)).toEqual(["+ bob b", "+ cid c", "- ann a"]);
    const whole = await toDo(store, wanted, REPLACED);
    expect(whole).toEqual(["+ bob b", "+ cid c", "- ann a"]);
  });

  it("may have added whoever an earlier request had, whatever became of the last one", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    const first = await replaceBy(store, [bob, cid], { last: { state: "failed" } });
    await start(store);
    const left = await toDo(store, [ann]);
    expect(left).toEqual(["+ ann a", first === "bob" ? "- bob b" : "- cid c"]);
  });

  it("does not confirm whom an earlier request was refused, and leaves them out", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    const refuses = order(bob) < order(cid) ? "bob" : "cid";
    await replaceBy(store, [bob, cid], { first: { state: "partially_succeeded" }, refuses });
    expect(await toDo(store, [bob, cid], REPLACED)).toEqual([]);
    expect(await store.members.audiences()).toMatchObject([{ rows: 1 }]);
    const others = await toDo(store, [ann, bob, cid], REPLACED);
    expect(others).toEqual(["+ ann a", refuses === "bob" ? "+ cid c" : "+ bob b"]);
  });

  it("removes where nobody is left to be sent", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    const found = await difference(store, [], REPLACED);
    expect(found.audiences[0]?.replaced).toBeUndefined();
    expect((await changesOf(found)).map(({ operation }) => operation)).toEqual([
      "remove",
      "remove",
    ]);
  });
}

/** Rows are sent in the order of their ids. */
function order({ rows: [first] }: WantedMember): number {
  return parseInt(first?.rowId.slice(0, 8) ?? "", 16);
}
