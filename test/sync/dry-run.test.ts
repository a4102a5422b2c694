/** A dry run: what a live one would do, and nothing written or sent. */
import { describe, expect, it } from "vitest";
import { EmulatedAccount, lead, leads, member } from "../delivery/emulated/account.js";
import { poisoned, withIds } from "../delivery/emulated/poison.js";

const WITHOUT_IDENTIFIERS = { identifiers: [] };

describe("a dry run", () => {
  it("counts what is planned, rejected, delivered before and repeated, and sends nothing", async () => {
    const account = new EmulatedAccount("events", {
      between: (meta) => poisoned(meta, withIds("refused"), true),
    });
    await account.deliver([lead("delivered"), lead("refused"), lead("bad", WITHOUT_IDENTIFIERS)]);
    const sent = account.calls.length;
    const result = await account.dryRun([
      lead("delivered"),
      lead("refused"),
      lead("bad", WITHOUT_IDENTIFIERS),
      lead("new"),
      lead("new"),
    ]);
    expect(result).toMatchObject({
      dryRun: true,
      status: "succeeded",
      records: { read: 5, planned: 1, delivered: 1, repeated: 1, rejected: 2 },
      requests: { planned: 1, attempts: 0 },
      targets: [{ target: "456", requests: 1, records: 1 }],
    });
    expect(account.calls).toHaveLength(sent);
  });

  it("shows the requests of an audience that an earlier run makes needless as carried", async () => {
    const account = new EmulatedAccount("custom_audiences", {
      audiences: [{ adAccountId: "1", name: "VIP", id: "77" }],
    });
    const records = [member("a"), member("a", "remove"), member("a")];
    await account.deliver(records.slice(0, 1));
    expect(await account.dryRun(records)).toMatchObject({
      status: "succeeded",
      records: { read: 3, planned: 2, delivered: 1 },
      requests: { planned: 2, carried: 1 },
    });
    expect(await account.dryRun(records, { resend: true })).toMatchObject({
      records: { read: 3, planned: 3 },
      requests: { planned: 3, carried: 0 },
    });
  });

  it("is the same again and again: it remembers nothing of what it has seen", async () => {
    const account = new EmulatedAccount("events");
    const first = await account.dryRun(leads(3));
    expect(await account.dryRun(leads(3))).toEqual(first);
    expect(await account.store.runs.list(10)).toEqual([]);
  });

  it("stops at the first call that forbids everything, and says that it is blocked", async () => {
    const error = { message: "expired", type: "OAuthException", code: 190, error_subcode: 463 };
    const account = new EmulatedAccount("custom_audiences", {
      between: () => () => Promise.resolve(Response.json({ error }, { status: 400 })),
    });
    const records = ["A", "B", "C"].map((target) => member("a", "upsert", target));
    expect(await account.dryRun(records)).toMatchObject({
      status: "blocked",
      stopped: expect.stringContaining("The access token has expired"),
      records: { read: 3, notSent: 3 },
    });
    expect(account.calls).toHaveLength(1);
  });
});
