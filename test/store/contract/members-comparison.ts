import { expect, it } from "vitest";
import { removalId } from "../../../src/store/removal-id.js";
import {
  audience,
  changesOf,
  difference,
  key,
  memberId,
  mirrorOnce,
  toDo,
  VIP,
  VIP_ID,
  wants,
} from "../member-rows.js";
import { start, SYNC, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

const ann = wants(VIP, "ann", { keys: "a" });
const bob = wants(VIP, "bob", { keys: "b" });
const LAPSED = audience({ target: "lapsed", audienceId: "7002" });

export function membersComparison(open: OpenWorld): void {
  it("adds whom nothing is held of, and then has nothing to do", async () => {
    const store = await open();
    expect(await store.members.audiences()).toEqual([]);
    expect(await mirrorOnce(store, [ann, bob])).toEqual(["+ ann a", "+ bob b"]);
    expect(await toDo(store, [ann, bob])).toEqual([]);
    expect(await store.members.audiences()).toEqual([
      { audienceId: VIP_ID, target: VIP, owner: SYNC, rows: 2 },
    ]);
  });

  it("removes whoever is no longer wanted, up to the last one", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    expect(await mirrorOnce(store, [ann])).toEqual(["- bob b"]);
    expect(await toDo(store, [ann])).toEqual([]);
    expect(await mirrorOnce(store, [])).toEqual(["- ann a"]);
    expect(await toDo(store, [])).toEqual([]);
    expect(await store.members.audiences()).toMatchObject([{ target: VIP, rows: 0 }]);
  });

  it("removes nobody when it only adds, and does so once it removes", async () => {
    const store = await open();
    await mirrorOnce(store, [ann]);
    expect(await mirrorOnce(store, [bob], { comparison: { removes: false } })).toEqual(["+ bob b"]);
    expect(await toDo(store, [bob], { removes: false })).toEqual([]);
    expect(await toDo(store, [bob])).toEqual(["- ann a"]);
  });

  it("leaves a key where it is that somebody else has, and sends that person again", async () => {
    const store = await open();
    const couple = wants(VIP, "ann", { keys: "ac" });
    await mirrorOnce(store, [couple, wants(VIP, "bob", { keys: "bc" })]);
    expect(await mirrorOnce(store, [couple])).toEqual(["+ ann ac", "- bob b"]);
    expect(await toDo(store, [couple])).toEqual([]);
  });

  it("removes a key that it left once nobody has it any more", async () => {
    const store = await open();
    const couple = wants(VIP, "ann", { keys: "ac" });
    await mirrorOnce(store, [couple, wants(VIP, "bob", { keys: "bc" })]);
    await mirrorOnce(store, [couple]);
    expect(await mirrorOnce(store, [])).toEqual(["- ann ac", "- bob c"]);
    expect(await store.members.audiences()).toMatchObject([{ rows: 0 }]);
  });

  it("keeps a row whose keys all belong to others, and sends nobody again for it", async () => {
    const store = await open();
    const couple = wants(VIP, "ann", { keys: "ab" });
    await mirrorOnce(store, [couple, bob]);
    expect(await toDo(store, [couple])).toEqual([]);
    expect(await toDo(store, [])).toEqual(["- ann ab", "- bob b"]);
  });

  it("removes a row without keys, unless somebody else's is equal to it", async () => {
    const store = await open();
    const [berlin, paris] = [{ context: "Berlin" }, { context: "Paris" }];
    await mirrorOnce(store, [wants(VIP, "ann", berlin), wants(VIP, "bob", paris)]);
    expect(await toDo(store, [])).toEqual(["- ann |Berlin", "- bob |Paris"]);
    expect(await toDo(store, [wants(VIP, "cid", berlin)])).toEqual([
      "+ cid |Berlin",
      "- bob |Paris",
    ]);
  });

  it("sends a row with other attributes again, and removes nothing for it", async () => {
    const store = await open();
    const valued = (attributes: string) => wants(VIP, "ann", { keys: "a", attributes });
    await mirrorOnce(store, [valued("1"), bob]);
    expect(await mirrorOnce(store, [valued("2"), bob])).toEqual(["+ ann a"]);
    expect(await toDo(store, [valued("2"), bob])).toEqual([]);
  });

  it("sends all rows of a member again of whom one is removed", async () => {
    const store = await open();
    const [first, second] = [{ keys: "a" }, { keys: "b" }];
    await mirrorOnce(store, [wants(VIP, "ann", first, second, { keys: "c" })]);
    expect(await mirrorOnce(store, [wants(VIP, "ann", first, second)])).toEqual([
      "+ ann a",
      "+ ann b",
      "- ann c",
    ]);
  });

  it("treats context that changed as another row of the same keys", async () => {
    const store = await open();
    await mirrorOnce(store, [wants(VIP, "ann", { keys: "ab", context: "Berlin" })]);
    const moved = [wants(VIP, "ann", { keys: "ac", context: "Paris" })];
    expect(await mirrorOnce(store, moved)).toEqual(["+ ann ac|Paris", "- ann b|Berlin"]);
    expect(await toDo(store, moved)).toEqual([]);
  });

  it("sends everything again that left before the audience was last trusted", async () => {
    const store = await open();
    const at = T0 + 5_000;
    await mirrorOnce(store, [ann], { upsert: { state: "succeeded", at } });
    const since = (trustedSince: number) =>
      toDo(store, [ann], { audiences: [audience({ trustedSince })] });
    expect(await since(at)).toEqual([]);
    expect(await since(at + 1)).toEqual(["+ ann a"]);
  });

  it("looks at the audiences that it is given, and at nothing else", async () => {
    const store = await open();
    const away = wants("lapsed", "bob", { keys: "b" });
    await mirrorOnce(store, [ann, away], { comparison: { audiences: [audience(), LAPSED] } });
    expect(await toDo(store, [ann])).toEqual([]);
    expect(await toDo(store, [ann, away, wants("lapsed", "cid", { keys: "c" })])).toEqual([]);
    expect(await toDo(store, [ann], { audiences: [] })).toEqual([]);
    expect(await toDo(store, [], { audiences: [LAPSED] })).toEqual(["- bob b"]);
  });

  it("knows a key only within its audience", async () => {
    const store = await open();
    const both = { audiences: [audience(), LAPSED] };
    await mirrorOnce(store, [ann], { comparison: both });
    expect(await toDo(store, [wants("lapsed", "ann", { keys: "a" })], both)).toEqual([
      "+ ann a",
      "- ann a",
    ]);
  });

  it("holds nothing of an audience that is still to be created", async () => {
    const store = await open();
    await mirrorOnce(store, [ann, bob]);
    const found = await difference(store, [ann], {
      audiences: [audience({ audienceId: undefined })],
    });
    expect((await changesOf(found)).map(({ operation }) => operation)).toEqual(["upsert"]);
    expect(found.audiences).toMatchObject([
      { target: VIP, audienceId: undefined, rows: { held: 0 } },
    ]);
  });

  it("gives a change with everything that a request needs of it", async () => {
    const store = await open();
    const couple = wants(VIP, "bob", { keys: "abc", context: "Berlin", attributes: "9" });
    await mirrorOnce(store, [couple]);
    const valued = wants(VIP, "ann", { keys: "a", attributes: "5" });
    const [held, wanted] = [couple.rows[0], valued.rows[0]];
    expect(await changesOf(await difference(store, [valued]))).toEqual([
      {
        place: 0,
        operation: "remove",
        member: memberId("bob"),
        rowId: held?.rowId,
        itemId: removalId(VIP_ID, held?.rowId ?? ""),
        contentDigest: held?.rowId,
        identity: "bob",
        cells: "abc|Berlin",
        attributes: undefined,
        keys: [key("b"), key("c")],
      },
      {
        place: 1,
        operation: "upsert",
        member: memberId("ann"),
        rowId: wanted?.rowId,
        itemId: wanted?.itemId,
        contentDigest: wanted?.contentDigest,
        identity: "ann",
        cells: "a|",
        attributes: "5",
        keys: [key("a")],
      },
    ]);
  });

  it("orders removals by row id, then additions, in places without a gap", async () => {
    const store = await open();
    const people = (target: string, ...names: readonly string[]) =>
      names.map((name) => wants(target, name, { keys: name }));
    const both = { audiences: [LAPSED, audience()] };
    const held = [...people("lapsed", "d"), ...people(VIP, "a", "b", "c")];
    for (const last of held.keys())
      await mirrorOnce(store, held.slice(0, last + 1), { comparison: both });
    const wanted = [...people(VIP, "e", "f", "g"), ...people("lapsed", "h", "i")];
    const found = await difference(store, wanted, both);
    const changes = await changesOf(found);
    expect(changes.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const parts = [changes.slice(0, 1), changes.slice(1, 3), changes.slice(3, 6), changes.slice(6)];
    expect(parts.map((part) => new Set(part.map(({ operation }) => operation)))).toEqual(
      ["remove", "upsert", "remove", "upsert"].map((operation) => new Set([operation])),
    );
    for (const part of parts) {
      const ids = part.map(({ rowId }) => rowId);
      expect(ids).toEqual(ids.toSorted());
    }
    const placesOf = async (after: number, limit: number) =>
      (await found.changes(VIP, after, limit)).map(({ place }) => place);
    expect(await placesOf(-1, 2)).toEqual([3, 4]);
    expect(await placesOf(4, 3)).toEqual([5, 6, 7]);
    expect(await placesOf(7, 99)).toEqual([8]);
    expect(await placesOf(8, 99)).toEqual([]);
    expect(await found.changes("nobody's", -1, 99)).toEqual([]);
  });

  it("names the targets that are wanted, and who is there more than once for one of them", async () => {
    const store = await open();
    await start(store);
    const staging = await store.members.stage();
    expect(await staging.targets()).toEqual([]);
    expect(await staging.repeated()).toEqual({ count: 0, examples: [] });
    const names = ["\u{1F600}", "\uFFFD", "e", "d", "c", "b", "a"];
    await staging.add(names.map((name) => wants(VIP, name, { context: name })));
    await staging.add([]);
    await staging.add([
      wants("\u{1F600}", "a", { keys: "a" }),
      wants("\uFFFD", "a", { keys: "a" }),
    ]);
    expect(await staging.targets()).toEqual([VIP, "\uFFFD", "\u{1F600}"]);
    expect(await staging.repeated()).toEqual({ count: 0, examples: [] });
    await staging.add(names.map((name) => wants(VIP, name, { context: "again" })));
    await staging.add([wants(VIP, "a", { keys: "a" }), wants("\uFFFD", "a", { keys: "a" })]);
    expect(await staging.repeated()).toEqual({ count: 7, examples: ["a", "b", "c", "d", "e"] });
    await staging.close();
    await staging.close();
  });

  it("begins with nothing staged, whatever was staged before", async () => {
    const store = await open();
    const given = await store.members.stage();
    await given.add([ann]);
    await given.close();
    const staging = await store.members.stage();
    expect(await staging.targets()).toEqual([]);
    await staging.close();
  });
}
