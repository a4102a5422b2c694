/** Events that Meta alone knows to be bad, among good ones. */
import { describe, expect, it } from "vitest";
import { EmulatedAccount, lead, leads } from "./account.js";
import { poisoned, withIds, type IsPoison } from "./poison.js";
import { print } from "./print.js";

const WORDS =
  "Lead ID Parameter Is Not Valid: The lead_id of one of your events does not belong to a lead ad of yours.";

function accountWith(isPoison: IsPoison, blames: boolean): EmulatedAccount {
  return new EmulatedAccount("events", {
    between: (meta) => poisoned(meta, isPoison, blames),
  });
}

/** Rejects as they are listed, by identity. */
async function rejectsIn({ store }: EmulatedAccount) {
  const rejects = await store.rejects.list({}, 100);
  return rejects
    .map(({ identity, code, origin, message }) => ({ identity, code, origin, message }))
    .sort((a, b) => (a.identity < b.identity ? -1 : 1));
}

describe.each([
  ["named", true, (position: number) => ` [data[${String(position)}].user_data.lead_id]`],
  ["not named", false, () => ""],
] as const)("three bad events among 5,000, %s by Meta", (naming, blames, named) => {
  it("are found and rejected, and all others are delivered", async () => {
    const poison = ["e-2303", "e-4999", "e-700"];
    const account = accountWith(withIds(...poison), blames);
    const result = await account.deliver(leads(5_000));
    const extra = account.calls.length - 5;
    print(`three poison events, ${naming} by Meta: ${String(extra)} extra requests`);
    expect(extra).toBeLessThanOrEqual(40);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 5_000, acknowledged: 4_997, rejected: 3, failed: 0, notSent: 0 },
      requests: { planned: 5 + extra, attempts: 5 + extra, notSent: 0, unknown: 0 },
    });
    expect(account.emulator.summary().pixels).toMatchObject([
      { stored: 4_997, counts: { received: 4_997, duplicates: 0 } },
    ]);
    // Each was alone in the last request that carried it.
    const message = `${WORDS}${named(0)}`;
    expect(await rejectsIn(account)).toEqual(
      poison.map((identity) => ({ identity, code: "100/2804036", origin: "meta", message })),
    );
  });
});

describe("a mapping that makes every event bad", () => {
  const LACKING: IsPoison = ({ custom_data: data }) => data === undefined;

  it.each([true, false])("stops after ten that stood alone (named by Meta: %o)", async (blames) => {
    const account = accountWith(LACKING, blames);
    const result = await account.deliver(leads(3_000));
    print(`every event poison, named ${String(blames)}: ${String(account.calls.length)} requests`);
    expect(account.calls.length).toBeLessThanOrEqual(20);
    expect(result).toMatchObject({
      status: "failed",
      records: { read: 3_000, acknowledged: 0, rejected: 10, notSent: 2_990 },
      rejections: new Map([["refused", 10]]),
      failures: [
        { target: "456", summary: expect.stringContaining("(code 100/2804036)"), count: 10 },
      ],
    });
    expect((await rejectsIn(account)).map(({ identity }) => identity)).toEqual(
      Array.from({ length: 10 }, (_, index) => `e-${String(index)}`),
    );
    expect(account.emulator.summary().pixels).toEqual([]);
  });

  it("is mended by a change of content: then the ten are sent again, and the others at last", async () => {
    const account = accountWith(LACKING, true);
    await account.deliver(leads(1_500));
    const same = await account.deliver(leads(1_500));
    expect(same.records).toMatchObject({ rejected: 20, notSent: 1_480 });
    expect(same.standingRejections).toBe(10);

    const mended = await account.deliver(leads(1_500, "e", { payload: { value: 1 } }));
    expect(mended).toMatchObject({
      status: "succeeded",
      records: { read: 1_500, acknowledged: 1_500, rejected: 0 },
    });
    expect(account.emulator.summary().pixels).toMatchObject([
      { stored: 1_500, counts: { received: 1_500, duplicates: 0 } },
    ]);
  });

  it("does not stop a lane in which something was accepted", async () => {
    const account = accountWith(({ event_id: id }) => id !== "good", true);
    const bad = leads(20, "bad");
    const result = await account.deliver([lead("good"), ...bad]);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { acknowledged: 1, rejected: 20, notSent: 0 },
    });
  });
});
