import { expect, it } from "vitest";
import { HOUR, T0 } from "../rows.js";
import type { OpenWorld } from "../world.js";

const READY = { adAccountId: "1", target: "vip", audienceId: "77", createdByUs: true };

export function targets(open: OpenWorld): void {
  it("knows nothing of a target that was never mentioned", async () => {
    const store = await open();
    expect(await store.targets.find("1", "vip")).toBeUndefined();
    expect(await store.targets.list()).toEqual([]);
    expect(await store.targets.forget("1", "vip")).toBe(false);
    expect(await store.targets.distrust("1", "vip", T0)).toBe(false);
  });

  it("notes an audience before it is created, and trusts it from then on", async () => {
    const store = await open();
    expect(await store.targets.creating("1", "vip", T0, undefined)).toBe(true);
    const noted = {
      adAccountId: "1",
      target: "vip",
      audienceId: undefined,
      createdByUs: true,
      trustedSince: T0,
      checkedAt: T0,
    };
    expect(await store.targets.find("1", "vip")).toEqual(noted);
    await store.targets.remember({ ...READY, at: T0 + 5 });
    expect(await store.targets.find("1", "vip")).toEqual({
      ...noted,
      audienceId: "77",
      checkedAt: T0 + 5,
    });
  });

  it("trusts an audience that it found from that instant on, however often it is found again", async () => {
    const store = await open();
    await store.targets.remember({ ...READY, createdByUs: false, at: T0 });
    await store.targets.remember({ ...READY, createdByUs: false, audienceId: "78", at: T0 + HOUR });
    expect(await store.targets.find("1", "vip")).toEqual({
      ...READY,
      createdByUs: false,
      audienceId: "78",
      trustedSince: T0,
      checkedAt: T0 + HOUR,
    });
  });

  it("starts trust anew when an operator distrusts a target, and keeps the rest", async () => {
    const store = await open();
    await store.targets.remember({ ...READY, at: T0 });
    expect(await store.targets.distrust("1", "vip", T0 + HOUR)).toBe(true);
    await store.targets.remember({ ...READY, at: T0 + 2 * HOUR });
    expect(await store.targets.find("1", "vip")).toMatchObject({
      audienceId: "77",
      trustedSince: T0 + HOUR,
      checkedAt: T0 + 2 * HOUR,
    });
  });

  it("notes no creation where somebody else has noted or remembered something since", async () => {
    const store = await open();
    await store.targets.creating("1", "vip", T0, undefined);
    const noted = await store.targets.find("1", "vip");
    expect(await store.targets.creating("1", "vip", T0 + 1, undefined)).toBe(false);
    expect(await store.targets.creating("1", "vip", T0 + 1, T0 - 1)).toBe(false);
    expect(await store.targets.find("1", "vip")).toEqual(noted);
    expect(await store.targets.creating("1", "vip", T0 + 2, T0)).toBe(true);
    await store.targets.remember({ ...READY, at: T0 + 3 });
    expect(await store.targets.creating("1", "vip", T0 + 4, T0 + 2)).toBe(false);
    await store.targets.forget("1", "vip");
    expect(await store.targets.creating("1", "vip", T0 + 5, T0 + 3)).toBe(false);
    expect(await store.targets.find("1", "vip")).toBeUndefined();
  });

  it("begins anew with a target whose audience is being created again", async () => {
    const store = await open();
    await store.targets.remember({ ...READY, createdByUs: false, at: T0 });
    expect(await store.targets.creating("1", "vip", T0 + HOUR, T0)).toBe(true);
    expect(await store.targets.find("1", "vip")).toMatchObject({
      audienceId: undefined,
      createdByUs: true,
      trustedSince: T0 + HOUR,
    });
  });

  it("forgets one target of one account", async () => {
    const store = await open();
    await store.targets.remember({ ...READY, at: T0 });
    await store.targets.remember({ ...READY, adAccountId: "2", at: T0 });
    expect(await store.targets.forget("1", "vip")).toBe(true);
    expect(await store.targets.forget("1", "vip")).toBe(false);
    expect(await store.targets.find("1", "vip")).toBeUndefined();
    expect(await store.targets.find("2", "vip")).toMatchObject({ adAccountId: "2" });
  });

  it("lists targets by account and name, in the order of code points", async () => {
    const store = await open();
    const names = ["vip", "vip!", "\u{1F600}", "\uFFFD", "Vip", 'a"b', "näh"];
    for (const target of names) await store.targets.remember({ ...READY, target, at: T0 });
    await store.targets.remember({ ...READY, adAccountId: "0", target: "zz", at: T0 });
    const listed = await store.targets.list();
    expect(listed.map(({ adAccountId, target }) => `${adAccountId} ${target}`)).toEqual([
      "0 zz",
      "1 Vip",
      '1 a"b',
      "1 näh",
      "1 vip",
      "1 vip!",
      "1 \uFFFD",
      "1 \u{1F600}",
    ]);
  });
}
