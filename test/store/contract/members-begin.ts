import { expect, it } from "vitest";
import {
  audience,
  changesOf,
  difference,
  mirrorBatch,
  mirrorOnce,
  shown,
  toDo,
  VIP,
  VIP_ID,
  wants,
} from "../member-rows.js";
import { end, go, start, SYNC, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });

export function membersBegin(open: OpenWorld): void {
  it("confirms nobody any more whom a run was to touch that sent nothing", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, wants(VIP, "bob", { keys: "ab" })]);
    const runId = await start(store);
    await (await difference(store, [ann])).begin(runId, [VIP]);
    await end(store, runId);
    expect(await toDo(store, [ann])).toEqual(["+ ann a", "- bob b"]);
    await start(store);
    expect(await toDo(store, [ann])).toEqual(["+ ann a", "- bob b"]);
  });

  it("removes whoever was refused a removal, once they are acknowledged again", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    await mirrorOnce(store, [], { refuses: ["ann"] });
    expect(await toDo(store, [])).toEqual([]);
    expect(await mirrorOnce(store, [ann])).toEqual(["+ ann a"]);
    expect(await toDo(store, [])).toEqual(["- ann a"]);
  });

  it("knows a refused removal by its audience, whatever the audience is called", async () => {
    const store = await open();
    const another = { audiences: [audience({ audienceId: "7002" })] };
    await mirrorOnce(store, [ann]);
    await mirrorOnce(store, [], { refuses: ["ann"] });
    await mirrorOnce(store, [ann], { comparison: another, upsert: { state: "unknown" } });
    expect(await toDo(store, [], another)).toEqual(["- ann a"]);
    expect(await toDo(store, [])).toEqual([]);
    await mirrorOnce(store, [], { refuses: ["ann"], comparison: another });
    expect(await toDo(store, [])).toEqual([]);
    expect(await toDo(store, [], another)).toEqual([]);
  });

  it("keeps the refusals of a row's addition and of its removal apart", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    await mirrorOnce(store, [], { refuses: ["ann"] });
    await mirrorOnce(store, [ann], { refuses: ["ann"] });
    const listed = await store.rejects.list({}, 9);
    expect(listed.map(({ operation }) => operation).sort()).toEqual(["remove", "upsert"]);
    expect(await toDo(store, [])).toEqual([]);
    expect(await toDo(store, [ann])).toEqual([]);
    expect(await store.rejects.retry({ batchId: "2-0" })).toBe(1);
    expect(await toDo(store, [])).toEqual(["- ann a"]);
    expect(await toDo(store, [ann])).toEqual([]);
  });

  it("confirms no row any more that was to be sent with other attributes", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    const other = wants(VIP, "ann", { keys: "a", attributes: "9" });
    await mirrorOnce(store, [other], { upsert: { state: "failed" } });
    expect(await toDo(store, [ann])).toEqual(["+ ann a"]);
  });

  it("begins only the targets that it is told to", async () => {
    const store = await open();
    const lapsed = audience({ target: "lapsed", audienceId: "7002" });
    const runId = await start(store);
    const wanted = [ann, wants("lapsed", "bob", { keys: "b" })];
    const found = await difference(store, wanted, { audiences: [audience(), lapsed] });
    const changes = await changesOf(found);
    await found.begin(runId, ["lapsed", "nobody's"]);
    await go(store, mirrorBatch(runId, 0, changes), { state: "succeeded" });
    await end(store, runId);
    expect(await store.members.audiences()).toEqual([
      { audienceId: "7002", target: "lapsed", owner: SYNC, rows: 1 },
    ]);
  });

  it("begins no audience in which another sync has people, and tells whose it is", async () => {
    const store = await open();
    const lapsed = audience({ target: "lapsed", audienceId: "7002" });
    await mirrorOnce(store, [ann]);
    const runId = await start(store, T0, "another");
    const bob = wants("lapsed", "bob", { keys: "b" });
    const found = await difference(store, [bob], { audiences: [audience(), lapsed] });
    expect(await found.begin(runId, [VIP, "lapsed"])).toEqual([
      { kind: "kept", target: VIP, audienceId: VIP_ID, sync: SYNC },
    ]);
    await end(store, runId);
    expect(await store.members.audiences()).toEqual([
      { audienceId: "7002", target: "lapsed", owner: "another", rows: 0 },
      { audienceId: VIP_ID, target: VIP, owner: SYNC, rows: 1 },
    ]);
    expect(await toDo(store, [ann])).toEqual([]);
  });

  it("tells who keeps an audience: whoever has people there, or is about to", async () => {
    const store = await open();
    const keeper = () => store.members.keeperOf(VIP_ID);
    expect(await keeper()).toBeUndefined();
    const runId = await start(store);
    await (await difference(store, [ann])).begin(runId, [VIP]);
    expect(await keeper()).toBe(SYNC);
    expect(await store.members.keeperOf("7002")).toBeUndefined();
    await end(store, runId);
    expect(await keeper()).toBeUndefined();
    await mirrorOnce(store, [ann]);
    expect(await keeper()).toBe(SYNC);
    await store.members.release(VIP_ID);
    expect(await keeper()).toBeUndefined();
    await mirrorOnce(store, [ann, wants(VIP, "bob", { keys: "b" })]);
    expect(await keeper()).toBe(SYNC);
    await mirrorOnce(store, []);
    expect(await keeper()).toBeUndefined();
  });

  it("lets another sync begin an audience that was released, with what is held of it", async () => {
    const store = await open();
    expect(await store.members.release(VIP_ID)).toBe("not_owned");
    await mirrorOnce(store, [ann]);
    expect(await store.members.release(VIP_ID)).toBe("released");
    expect(await store.members.release(VIP_ID)).toBe("not_owned");
    const free = { audienceId: VIP_ID, target: VIP, owner: undefined, rows: 1 };
    expect(await store.members.audiences()).toEqual([free]);
    const runId = await start(store, T0, "another");
    const found = await difference(store, [], { sync: "another" });
    expect((await changesOf(found)).map(shown)).toEqual(["- ann a"]);
    expect(await found.begin(runId, [VIP])).toEqual([]);
    await end(store, runId);
    expect(await store.members.audiences()).toEqual([{ ...free, owner: "another" }]);
  });

  it("knows how far somebody let an audience shrink, until it is begun without that", async () => {
    const store = await open();
    const allowed = async () => (await difference(store, [])).audiences[0]?.mayShrinkTo;
    expect(await allowed()).toBeUndefined();
    await mirrorOnce(store, [ann]);
    expect(await allowed()).toBeUndefined();
    const runId = await start(store);
    await (await difference(store, [])).begin(runId, [VIP], new Map([[VIP, 0]]));
    await end(store, runId);
    expect(await allowed()).toBe(0);
    const next = await start(store);
    await (await difference(store, [])).begin(next, [VIP], new Map([["others", 7]]));
    await end(store, next);
    expect(await allowed()).toBeUndefined();
  });

  it("begins nothing at all when one of the audiences is still to be created", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    const runId = await start(store);
    const coming = audience({ target: "coming", audienceId: undefined });
    const wanted = [wants("coming", "bob", { keys: "b" })];
    const found = await difference(store, wanted, { audiences: [audience(), coming] });
    await expect(found.begin(runId, [VIP, "coming"])).rejects.toThrow(RangeError);
    expect(await store.members.audiences()).toMatchObject([{ target: VIP }]);
    expect(await toDo(store, [ann])).toEqual([]);
  });

  it("lists audiences by their target and id, with who changed them last and under which name", async () => {
    const store = await open();
    const named = (target: string, audienceId: string) => ({
      comparison: { audiences: [audience({ target, audienceId })] },
    });
    await mirrorOnce(store, [ann], named("formerly", VIP_ID));
    await mirrorOnce(store, [], named("\uFFFD", "7003"));
    await mirrorOnce(store, [], named("\u{1F600}", "7002"));
    await mirrorOnce(store, [], named("\uFFFD", "7001"));
    const runId = await start(store, T0, "another");
    await (await difference(store, [])).begin(runId, [VIP]);
    await end(store, runId);
    expect(await store.members.audiences()).toEqual([
      { audienceId: "7001", target: VIP, owner: "another", rows: 0 },
      { audienceId: "7003", target: "\uFFFD", owner: SYNC, rows: 0 },
      { audienceId: "7002", target: "\u{1F600}", owner: SYNC, rows: 0 },
    ]);
  });
}
