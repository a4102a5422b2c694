/** Erasing people from code. */
import { describe, expect, it } from "vitest";
import { loadDestination, memoryStore, type DestinationOptions } from "../../src/index.js";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { CLOCK, options, planned, VIP } from "./fixture.js";

const VIP_PERSON = { identifiers: VIP.identifiers };

/** A destination of audiences that has a store, and what it delivers to. */
async function audiences(more: Partial<DestinationOptions> = {}) {
  const emulator = createEmulator({ clock: CLOCK, matching: "cell" });
  const meta = await loadDestination(
    "retl/meta",
    options({
      mapping: "custom_audiences",
      transport: emulator.handle,
      store: memoryStore(),
      ...more,
    }),
  );
  return { meta, emulator };
}

function identifiersOf(emulator: Emulator): readonly number[] {
  return emulator.summary().audiences.map(({ identifiers }) => identifiers);
}

describe("forgetting people", () => {
  it("removes them from every audience, and keeps them out until it is lifted", async () => {
    const { meta, emulator } = await audiences();
    await meta.deliver([VIP, { ...VIP, target: "Leads" }]);
    expect(identifiersOf(emulator)).toEqual([1, 1]);
    const kinds = new Set<string>();
    const erased = await meta.forget([VIP_PERSON], { onEvent: ({ kind }) => kinds.add(kind) });
    expect(erased).toMatchObject({
      ok: true,
      value: {
        status: "succeeded",
        dryRun: false,
        people: 1,
        identifiers: 1,
        audiences: [
          { target: "Leads", held: 0, planned: 1, acknowledged: 1 },
          { target: "VIP", held: 0, planned: 1, acknowledged: 1 },
        ],
      },
    });
    expect([...kinds]).toContain("exchange");
    expect(identifiersOf(emulator)).toEqual([0, 0]);
    expect(await planned(meta.plan([VIP], { resend: true }))).toEqual([]);
    expect(await meta.liftSuppression([VIP_PERSON])).toEqual({ ok: true, value: 1 });
    const again = await meta.deliver([VIP], { resend: true });
    expect(again.records).toMatchObject({ acknowledged: 1, suppressed: 0 });
  });

  it("sends nothing and writes nothing in a dry run", async () => {
    const { meta, emulator } = await audiences();
    await meta.deliver([VIP]);
    const erased = await meta.forget([VIP_PERSON], { dryRun: true });
    expect(erased).toMatchObject({
      ok: true,
      value: { dryRun: true, audiences: [{ target: "VIP", planned: 1, acknowledged: 0 }] },
    });
    expect(identifiersOf(emulator)).toEqual([1]);
    expect(await planned(meta.plan([VIP], { resend: true }))).toHaveLength(1);
  });

  it("is no success when somebody cannot be found by what is given, and goes on with the others", async () => {
    const { meta, emulator } = await audiences();
    await meta.deliver([VIP]);
    const erased = await meta.forget([{ identifiers: [] }, VIP_PERSON]);
    expect(erased).toMatchObject({
      ok: true,
      value: { status: "partially_succeeded", people: 1, rejections: [{ identity: "#1" }] },
    });
    expect(identifiersOf(emulator)).toEqual([0]);
  });

  it("stops when its signal says so, after the suppression was written down", async () => {
    const { meta, emulator } = await audiences();
    await meta.deliver([VIP]);
    const erased = await meta.forget([VIP_PERSON], { signal: AbortSignal.abort() });
    expect(erased).toMatchObject({ ok: true, value: { status: "interrupted" } });
    expect(identifiersOf(emulator)).toEqual([1]);
    expect(await planned(meta.plan([VIP], { resend: true }))).toEqual([]);
  });

  it.each([
    ["has no store", {}, "forget.no_store", options({ mapping: "custom_audiences" })],
    ["is for events", {}, "forget.wrong_surface", options({ store: memoryStore() })],
    [
      "names an audience that is none of its store",
      { gone: ["77"] },
      "forget.unknown_audience",
      options({ mapping: "custom_audiences", store: memoryStore() }),
    ],
  ])("does nothing when it %s", async (_, how, code, given) => {
    const meta = await loadDestination("retl/meta", given);
    expect(await meta.forget([VIP_PERSON], how)).toMatchObject({ ok: false, error: [{ code }] });
  });

  it("does nothing when the mapping does not read a type of identifier", async () => {
    const { meta } = await audiences();
    const people = [{ identifiers: [{ type: "emial", value: "ann@example.test" }] }];
    expect(await meta.forget(people)).toMatchObject({
      ok: false,
      error: [
        {
          code: "forget.unread_type",
          message: "the mapping reads no identifiers of type `emial`",
          remedy: expect.stringContaining("Did you mean `email`?"),
        },
      ],
    });
    expect(await meta.liftSuppression(people)).toMatchObject({ ok: false });
  });
});
