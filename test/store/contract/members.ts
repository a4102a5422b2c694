import { expect, it } from "vitest";
import { mirrorOnce, toDo, wants, VIP, VIP_ID, audience } from "../member-rows.js";
import { SYNC } from "../rows.js";
import type { OpenWorld } from "../world.js";

export function members(open: OpenWorld): void {
  it("adds whom nothing is held of, and then has nothing to do", async () => {
    const store = await open();
    const wanted = [wants(VIP, "ann", { keys: "a" }), wants(VIP, "bob", { keys: "b" })];
    expect(await mirrorOnce(store, wanted)).toEqual(["+ ann a", "+ bob b"]);
    expect(await toDo(store, wanted)).toEqual([]);
    expect(await store.members.audiences()).toEqual([
      { audienceId: VIP_ID, target: VIP, owner: SYNC, rows: 2 },
    ]);
  });

  it("removes whoever is no longer wanted", async () => {
    const store = await open();
    const ann = wants(VIP, "ann", { keys: "a" });
    await mirrorOnce(store, [ann, wants(VIP, "bob", { keys: "b" })]);
    expect(await mirrorOnce(store, [ann])).toEqual(["- bob b"]);
    expect(await toDo(store, [ann])).toEqual([]);
    expect(await store.members.audiences()).toMatchObject([{ rows: 1 }]);
  });

  it("leaves a key where it is that somebody else has, and sends that person again", async () => {
    const store = await open();
    const ann = wants(VIP, "ann", { keys: "ac" });
    await mirrorOnce(store, [ann, wants(VIP, "bob", { keys: "bc" })]);
    expect(await mirrorOnce(store, [ann])).toEqual(["+ ann ac", "- bob b"]);
    expect(await toDo(store, [ann])).toEqual([]);
    expect(await toDo(store, [])).toEqual(["- ann ac", "- bob c"]);
  });

  it("sends everything again that left before the audience was last trusted", async () => {
    const store = await open();
    const wanted = [wants(VIP, "ann", { keys: "a" })];
    await mirrorOnce(store, wanted);
    const distrusted = { audiences: [audience({ trustedSince: Number.MAX_SAFE_INTEGER })] };
    expect(await toDo(store, wanted, distrusted)).toEqual(["+ ann a"]);
  });
}
