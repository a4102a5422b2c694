import { expect, it } from "vitest";
import {
  audience,
  difference,
  changesOf,
  key,
  mirrorOnce,
  shown,
  toDo,
  VIP,
  VIP_ID,
  wants,
} from "../member-rows.js";
import { HOUR, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" }, { keys: "p" });
const bob = wants(VIP, "bob", { keys: "bp" });
const cid = wants("lapsed", "cid", { keys: "c" });

const BOTH = { audiences: [audience(), audience({ target: "lapsed", audienceId: "7002" })] };
const KEPT = { removes: false } as const;

export function suppressions(open: OpenWorld): void {
  it("knows nobody who is suppressed, to begin with", async () => {
    const store = await open();
    expect(await store.suppressions.any()).toBe(false);
    expect(await store.suppressions.among([key("a")])).toEqual(new Set());
    expect(await store.suppressions.among([])).toEqual(new Set());
    expect(await store.suppressions.lift([key("a")])).toBe(0);
  });

  it("suppresses keys once each, and ends that of those that it is told to", async () => {
    const store = await open();
    expect(await store.suppressions.add([key("a"), key("b"), key("a")], T0)).toBe(2);
    expect(await store.suppressions.add([key("b"), key("c")], T0 + HOUR)).toBe(1);
    expect(await store.suppressions.add([], T0)).toBe(0);
    expect(await store.suppressions.any()).toBe(true);
    expect(await store.suppressions.among([key("c"), key("x"), key("a")])).toEqual(
      new Set([key("a"), key("c")]),
    );
    expect(await store.suppressions.lift([key("a"), key("c"), key("a"), key("x")])).toBe(2);
    expect(await store.suppressions.among([key("a"), key("b")])).toEqual(new Set([key("b")]));
  });

  it("removes all rows of a suppressed member, in every audience that is compared, and no other", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob, cid, wants("lapsed", "ann", { keys: "z" })], {
      comparison: BOTH,
    });
    expect(await toDo(store, [], { ...BOTH, ...KEPT })).toEqual([]);
    await store.suppressions.add([key("a")], T0);
    expect(await toDo(store, [], { ...BOTH, ...KEPT })).toEqual(["- ann a", "- ann p", "- ann z"]);
    expect(await toDo(store, [], { audiences: [audience()], ...KEPT })).toEqual([
      "- ann a",
      "- ann p",
    ]);
    await store.suppressions.lift([key("a")]);
    expect(await toDo(store, [], { ...BOTH, ...KEPT })).toEqual([]);
  });

  it("counts the rows of others as kept", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await store.suppressions.add([key("a")], T0);
    const found = await difference(store, [], KEPT);
    expect(found.audiences).toMatchObject([
      { members: { left: 1 }, rows: { held: 3, wanted: 0, removals: 2, additions: 0, kept: 1 } },
    ]);
  });

  it("holds nobody any more who was removed, and is not sure of those who share a key", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await store.suppressions.add([key("a")], T0);
    expect(await mirrorOnce(store, [], { comparison: KEPT })).toEqual(["- ann a", "- ann p"]);
    expect(await store.members.audiences()).toMatchObject([{ rows: 1 }]);
    expect(await toDo(store, [bob])).toEqual(["+ bob bp"]);
  });

  it("still removes whoever may not have been removed", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    await store.suppressions.add([key("a")], T0);
    await mirrorOnce(store, [], { comparison: KEPT, remove: { state: "unknown" } });
    expect(await toDo(store, [], KEPT)).toEqual(["- ann a", "- ann p"]);
    await mirrorOnce(store, [], { comparison: KEPT, remove: { state: "failed" } });
    expect(await toDo(store, [], KEPT)).toEqual(["- ann a", "- ann p"]);
  });

  it("removes what a suppressed person shares with a wanted row as well, which is sent again after it", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await store.suppressions.add([key("a")], T0);
    for (const removes of [true, false])
      expect(await toDo(store, [bob], { removes })).toEqual(["+ bob bp", "- ann a", "- ann p"]);
    expect(await mirrorOnce(store, [bob])).toHaveLength(3);
    expect(await store.members.audiences()).toMatchObject([{ rows: 1 }]);
  });

  it("drops what it holds of suppressed people in one audience, and nothing else", async () => {
    const store = await open();
    const lapsed = wants("lapsed", "ann", { keys: "a" });
    await mirrorOnce(store, [ann, bob, lapsed], { comparison: BOTH });
    expect(await store.suppressions.dropHeld(VIP_ID)).toBe(0);
    await store.suppressions.add([key("a")], T0);
    expect(await store.suppressions.dropHeld("nobody's")).toBe(0);
    expect(await store.suppressions.dropHeld(VIP_ID)).toBe(2);
    expect(await toDo(store, [], { ...BOTH, ...KEPT })).toEqual(["- ann a"]);
    expect(await store.members.audiences()).toMatchObject([
      { target: "lapsed", rows: 1 },
      { target: VIP, rows: 1 },
    ]);
  });

  it("supposes more keys for one comparison, and forgets them after it", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    const staging = await store.members.stage();
    await staging.suppress([key("b")]);
    await staging.suppress([]);
    const found = await staging.compare({ sync: "", audiences: [audience()], ...KEPT });
    expect((await changesOf(found)).map(shown)).toEqual(["- bob bp"]);
    await staging.close();
    expect(await toDo(store, [], KEPT)).toEqual([]);
    expect(await store.suppressions.any()).toBe(false);
  });

  it("is not sure any more of whoever is suppressed, nor of those who share a key, but of everybody else", async () => {
    const store = await open();
    const everybody = [ann, bob, wants(VIP, "dan", { keys: "d" })];
    await mirrorOnce(store, everybody);
    await store.suppressions.add([key("a")], T0);
    await store.suppressions.lift([key("a")]);
    expect(await toDo(store, everybody)).toEqual(["+ ann a", "+ ann p", "+ bob bp"]);
  });

  it("forgets the rejects of rows of whoever is suppressed, so that a refused removal is due again", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await mirrorOnce(store, [], { refuses: ["ann", "bob"] });
    expect(await toDo(store, [])).toEqual([]);
    await store.suppressions.add([key("a"), key("p")], T0);
    expect((await store.rejects.list({}, 9)).map(({ identity }) => identity)).toEqual([]);
    expect(await toDo(store, [], KEPT)).toEqual(["- ann a", "- ann p", "- bob bp"]);
  });

  it("forgets the rejects of all rows of a member of whom one row has a suppressed key", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await mirrorOnce(store, [], { refuses: ["ann"] });
    await store.suppressions.add([key("a")], T0);
    expect(await store.rejects.list({}, 9)).toEqual([]);
    expect(await toDo(store, [], KEPT)).toEqual(["- ann a", "- ann p"]);
  });

  it("keeps the rejects of everybody else", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    await mirrorOnce(store, [], { refuses: ["bob"] });
    await store.suppressions.add([key("a")], T0);
    expect((await store.rejects.list({}, 9)).map(({ identity }) => identity)).toEqual(["bob"]);
  });
}
