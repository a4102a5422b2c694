import { expect, it } from "vitest";
import type { Store } from "../../../src/store/store.js";
import type { Comparison, WantedMember } from "../../../src/store/members.js";
import { audience, difference, mirrorOnce, VIP, wants, type Fates } from "../member-rows.js";
import type { OpenWorld } from "../world.js";

const LAPSED = audience({ target: "lapsed", audienceId: "7002" });
const BOTH = { audiences: [audience(), LAPSED] };
const ann = wants(VIP, "ann", { keys: "a" });
const bob = wants(VIP, "bob", { keys: "b" });
const NOBODY = { joined: 0, moved: 0, changed: 0, repeated: 0, unchanged: 0, left: 0 };
const NONE_REFUSED = { refusedRemovals: 0, refusedAdditions: 0 };
const NOTHING = { removals: 0, additions: 0, removedByChange: 0, kept: 0, ...NONE_REFUSED };

/** What a comparison counts in the first audience. */
async function counts(
  store: Store,
  wanted: readonly WantedMember[],
  differs: Partial<Comparison> = {},
) {
  const [first] = (await difference(store, wanted, differs)).audiences;
  return { members: first?.members, rows: first?.rows };
}

/** A store in which a run has sent something. */
async function after(open: OpenWorld, wanted: readonly WantedMember[], fates: Fates = {}) {
  const store = await open();
  await mirrorOnce(store, wanted, fates);
  return store;
}

export function membersCounts(open: OpenWorld): void {
  it("counts who joined and who is unchanged", async () => {
    const store = await after(open, [ann]);
    expect(await counts(store, [ann, bob])).toEqual({
      members: { ...NOBODY, joined: 1, unchanged: 1 },
      rows: { ...NOTHING, held: 1, wanted: 2, additions: 1 },
    });
  });

  it("counts who left, and the rows that they leave", async () => {
    const store = await after(open, [ann, wants(VIP, "bob", { keys: "b" }, { keys: "c" })]);
    expect(await counts(store, [ann])).toEqual({
      members: { ...NOBODY, unchanged: 1, left: 1 },
      rows: { ...NOTHING, held: 3, wanted: 1, removals: 2 },
    });
  });

  it("counts whoever has another row as changed, and not as having left", async () => {
    const store = await after(open, [ann]);
    expect(await counts(store, [wants(VIP, "ann", { keys: "z" })])).toEqual({
      members: { ...NOBODY, changed: 1 },
      rows: { ...NOTHING, held: 1, wanted: 1, removals: 1, additions: 1, removedByChange: 1 },
    });
  });

  it("counts whoever has other attributes as changed", async () => {
    const store = await after(open, [ann]);
    expect(await counts(store, [wants(VIP, "ann", { keys: "a", attributes: "9" })])).toEqual({
      members: { ...NOBODY, changed: 1 },
      rows: { ...NOTHING, held: 1, wanted: 1, additions: 1 },
    });
  });

  it("counts whom a row is removed of, with nothing new, as changed", async () => {
    const store = await after(open, [wants(VIP, "ann", { keys: "a" }, { keys: "b" })]);
    expect(await counts(store, [ann])).toEqual({
      members: { ...NOBODY, changed: 1 },
      rows: { ...NOTHING, held: 2, wanted: 1, removals: 1, additions: 1, removedByChange: 1 },
    });
  });

  it("counts who is sent again because the answer was lost, or somebody else left with their key", async () => {
    const lost = await after(open, [ann], { upsert: { state: "unknown" } });
    const repeated = { ...NOBODY, repeated: 1 };
    expect(await counts(lost, [ann])).toEqual({
      members: repeated,
      rows: { ...NOTHING, held: 1, wanted: 1, additions: 1 },
    });
    const touched = await after(open, [ann, wants(VIP, "bob", { keys: "ab" })]);
    expect(await counts(touched, [ann])).toEqual({
      members: { ...repeated, left: 1 },
      rows: { ...NOTHING, held: 2, wanted: 1, removals: 1, additions: 1 },
    });
  });

  it("counts who goes from one audience to another as having left there and moved here", async () => {
    const store = await after(open, [wants("lapsed", "ann", { keys: "a" })], { comparison: BOTH });
    expect((await difference(store, [ann, bob], BOTH)).audiences).toMatchObject([
      { target: VIP, members: { ...NOBODY, joined: 1, moved: 1 } },
      { target: "lapsed", members: { ...NOBODY, left: 1 } },
    ]);
    expect((await difference(store, [ann])).audiences).toMatchObject([
      { members: { ...NOBODY, joined: 1 } },
    ]);
  });

  it("counts who stays in another audience, or is kept there, as joined", async () => {
    const there = wants("lapsed", "ann", { keys: "a" });
    const store = await after(open, [there], { comparison: BOTH });
    const joined = { ...NOBODY, joined: 1 };
    expect(await counts(store, [ann, there], BOTH)).toMatchObject({ members: joined });
    expect(await counts(store, [ann], { ...BOTH, removes: false })).toMatchObject({
      members: joined,
    });
    const heir = wants("lapsed", "bob", { keys: "a" });
    expect(await counts(store, [ann, heir], BOTH)).toMatchObject({ members: joined });
  });

  it("counts a row as kept whose keys are all somebody else's", async () => {
    const heir = wants(VIP, "ann", { keys: "ab" });
    const store = await after(open, [heir, bob]);
    expect(await counts(store, [heir])).toEqual({
      members: { ...NOBODY, unchanged: 1 },
      rows: { ...NOTHING, held: 2, wanted: 1, kept: 1 },
    });
  });

  it("counts all rows that are not wanted as kept when nothing is removed", async () => {
    const store = await after(open, [ann, bob]);
    expect(await counts(store, [ann], { removes: false })).toEqual({
      members: { ...NOBODY, unchanged: 1 },
      rows: { ...NOTHING, held: 2, wanted: 1, kept: 1 },
    });
  });

  it("counts whoever was refused before as unchanged, joining or leaving", async () => {
    const store = await after(open, [ann, bob], { refuses: ["ann"] });
    expect(await counts(store, [ann, bob])).toEqual({
      members: { ...NOBODY, unchanged: 2 },
      rows: { ...NOTHING, held: 1, wanted: 2, refusedAdditions: 1 },
    });
    await mirrorOnce(store, [ann], { refuses: ["bob"] });
    expect(await counts(store, [ann])).toEqual({
      members: { ...NOBODY, unchanged: 1 },
      rows: { ...NOTHING, held: 1, wanted: 1, refusedRemovals: 1, refusedAdditions: 1 },
    });
  });

  it("gives the audiences in the order in which it is asked", async () => {
    const store = await open();
    const targets = async (...audiences: Comparison["audiences"]) =>
      (await difference(store, [], { audiences })).audiences.map(({ target }) => target);
    expect(await targets(audience(), LAPSED)).toEqual([VIP, "lapsed"]);
    expect(await targets(LAPSED, audience())).toEqual(["lapsed", VIP]);
    expect((await difference(store, [], BOTH)).audiences[0]).toEqual({
      target: VIP,
      audienceId: "7001",
      members: NOBODY,
      rows: { ...NOTHING, held: 0, wanted: 0 },
    });
  });
}
