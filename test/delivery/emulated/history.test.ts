/** Runs after runs: what an earlier one did, or had refused, or left open, and what the next one does. */
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import type { Transport } from "../../../src/core/ports.js";
import { NOW } from "../entries.js";
import { EmulatedAccount, lead, leads, member, type SentCall } from "./account.js";
import { poisoned, withIds } from "./poison.js";

/** Calls that carry people or events, each as its method and path. */
function carrying(calls: readonly SentCall[]): readonly string[] {
  return calls
    .filter(({ path }) => /\/(users|events)$/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/\d{10,}/, "<audience>")}`);
}

/** The calls of one run. */
async function callsOf(account: EmulatedAccount, run: () => Promise<unknown>) {
  const before = account.calls.length;
  await run();
  return carrying(account.calls.slice(before));
}

function held({ emulator }: EmulatedAccount): number {
  return emulator.summary().audiences.reduce((sum, { identifiers }) => sum + identifiers, 0);
}

/** A Meta that can be told to be silent from a certain call on. */
function silenceable() {
  const silence = { from: Infinity, calls: 0 };
  const between = (meta: Transport): Transport => {
    return (request) => {
      silence.calls += 1;
      return silence.calls > silence.from ? new Promise(() => undefined) : meta(request);
    };
  };
  return { silence, between };
}

describe("an event that Meta acknowledged", () => {
  it("is not sent again by the next run, even if it has changed", async () => {
    const account = new EmulatedAccount("events");
    await account.deliver(leads(3));
    expect(await callsOf(account, () => account.deliver(leads(3)))).toEqual([]);
    const changed = await account.deliver([lead("e-0", { payload: { value: 2 } }), lead("new")]);
    expect(changed).toMatchObject({
      status: "succeeded",
      records: { read: 2, delivered: 1, acknowledged: 1 },
      changedSinceDelivery: 1,
    });
    expect(account.emulator.summary().pixels).toMatchObject([
      { stored: 4, counts: { received: 4, duplicates: 0 } },
    ]);
  });

  it("is sent again when that is wished", async () => {
    const account = new EmulatedAccount("events");
    await account.deliver(leads(2));
    const result = await account.deliver(leads(2), { resend: true });
    expect(result.records).toMatchObject({ read: 2, acknowledged: 2, delivered: 0 });
    expect(account.emulator.summary().pixels).toMatchObject([
      { stored: 2, counts: { received: 4, duplicates: 2 } },
    ]);
  });
});

describe("a record that Meta refused", () => {
  it("is left out by the next run, and sent again after a retry", async () => {
    const account = new EmulatedAccount("events", {
      between: (meta) => poisoned(meta, withIds("e-1"), true),
    });
    await account.deliver(leads(3));
    const second = () => account.deliver(leads(3));
    expect(await callsOf(account, second)).toEqual([]);
    expect(await second()).toMatchObject({
      status: "succeeded",
      records: { read: 3, delivered: 2, rejected: 1 },
      standingRejections: 1,
    });
    expect(await account.store.rejects.retry({ identity: "e-1" })).toBe(1);
    expect(await callsOf(account, second)).toEqual(["POST /456/events"]);
  });

  it("is left out of an audience as well, and the others are not held up by it", async () => {
    const refusing = { on: true };
    const account = new EmulatedAccount("custom_audiences", {
      between: (meta) => async (request) => {
        const answer = await meta(request.clone());
        if (!refusing.on || !request.url.endsWith("/users")) return answer;
        const invalid_entry_samples = { [sha256("a@example.test")]: "the value is not hashed" };
        const counts = { num_received: 2, num_invalid_entries: 1, invalid_entry_samples };
        return Response.json({ audience_id: "1", ...counts });
      },
    });
    const records = [member("a"), member("b")];
    const first = await account.deliver(records);
    expect(first.records).toMatchObject({ acknowledged: 1, rejected: 1 });
    refusing.on = false;
    const second = await account.deliver(records);
    expect(second).toMatchObject({
      records: { rejected: 1, acknowledged: 1 },
      standingRejections: 1,
    });
    await account.store.rejects.retry({});
    expect((await account.deliver(records)).records).toMatchObject({ acknowledged: 2 });
  });
});

describe("a batch that an operator skipped", () => {
  it("counts as resolved in its lane, and confirms nothing", async () => {
    const { silence, between } = silenceable();
    const account = new EmulatedAccount("custom_audiences", { between });
    const records = [member("a"), member("a", "remove"), member("b")];
    // The third call is the first with people, after the look-up and the creation.
    silence.from = 2;
    const first = await account.deliver(records);
    expect(first.records).toMatchObject({ unknown: 1, notSent: 2 });
    expect(await account.store.ledger.skip("1-1", account.time.clock())).toMatchObject({
      kind: "done",
    });
    silence.from = Infinity;
    const second = await account.deliver(records);
    expect(second).toMatchObject({
      status: "succeeded",
      records: { read: 3, skipped: 1, acknowledged: 2, delivered: 0 },
      requests: { carried: 1 },
    });
    expect(held(account)).toBe(1);
  });

  it("leaves its events out, and none of them counts as delivered", async () => {
    const { silence, between } = silenceable();
    const account = new EmulatedAccount("events", { between });
    silence.from = 0;
    const first = await account.deliver(leads(2));
    expect(first.records).toMatchObject({ unknown: 2 });
    await account.store.ledger.skip("1-1", account.time.clock());
    silence.from = Infinity;
    const second = await account.deliver([...leads(2), lead("new")]);
    expect(second.records).toMatchObject({ read: 3, skipped: 2, acknowledged: 1, delivered: 0 });
    expect(await account.store.events.counts(account.time.clock())).toEqual([
      { pixelId: "456", delivered: 1, unanswered: 0, inDoubt: 0 },
    ]);
  });
});

describe("adding, removing and adding one person again", () => {
  const RECORDS = [member("a"), member("a", "remove"), member("a")];
  const POST = "POST /<audience>/users";
  const DELETE = "DELETE /<audience>/users";

  it("is three requests in their order", async () => {
    const account = new EmulatedAccount("custom_audiences");
    expect(await callsOf(account, () => account.deliver(RECORDS))).toEqual([POST, DELETE, POST]);
    expect(held(account)).toBe(1);
    // All of it was completed, and fewer records may come: an adding that was undone counts no more.
    expect(await callsOf(account, () => account.deliver(RECORDS))).toEqual([POST, DELETE, POST]);
    expect(await callsOf(account, () => account.deliver(RECORDS, { resend: true }))).toEqual([
      POST,
      DELETE,
      POST,
    ]);
  });

  it("goes on where a run died, once its last request can no longer arrive", async () => {
    const { silence, between } = silenceable();
    const account = new EmulatedAccount("custom_audiences", { between });
    // The look-up, the creation and the first upload are answered, the removal is not.
    silence.from = 3;
    void account.start(RECORDS, { neverTimesOut: true });
    expect(await account.time.until(() => account.calls.length === 4)).toBe(true);
    const diedAt = account.time.clock();
    silence.from = Infinity;
    account.calls.length = 0;
    const result = await account.deliver(RECORDS);
    expect(carrying(account.calls)).toEqual([DELETE, POST]);
    expect(result).toMatchObject({
      status: "succeeded",
      records: { read: 3, delivered: 1, acknowledged: 2 },
    });
    expect(held(account)).toBe(1);
    expect(account.calls.every(({ at }) => at >= diedAt + 120_000)).toBe(true);
    expect(diedAt).toBe(NOW);
  });

  it("counts not as added whom an interrupted run may have removed, and adds them with the next run", async () => {
    const { silence, between } = silenceable();
    const account = new EmulatedAccount("custom_audiences", { between });
    silence.from = 3;
    expect((await account.deliver(RECORDS)).records).toMatchObject({ unknown: 1, notSent: 1 });
    silence.from = Infinity;
    // The removal is not among the records any more.
    const others = [member("a"), member("b", "remove")];
    account.calls.length = 0;
    const result = await account.deliver(others);
    expect(result).toMatchObject({
      status: "failed",
      records: { read: 2, delivered: 0, notSent: 2 },
    });
    expect(result.stopped).toContain("the next run sends all of them");
    expect(carrying(account.calls)).toEqual([]);
    expect(await callsOf(account, () => account.deliver(others))).toEqual([POST, DELETE]);
    expect(held(account)).toBe(1);
  });

  it("says the same of records that end before the removal", async () => {
    const { silence, between } = silenceable();
    const account = new EmulatedAccount("custom_audiences", { between });
    silence.from = 3;
    await account.deliver(RECORDS);
    silence.from = Infinity;
    const fewer = RECORDS.slice(0, 1);
    expect(await account.dryRun(fewer)).toMatchObject({ status: "failed" });
    expect(await account.deliver(fewer)).toMatchObject({ status: "failed" });
    expect(await callsOf(account, () => account.deliver(fewer))).toEqual([POST]);
    expect(held(account)).toBe(1);
  });

  it("starts anew where the records differ, and sends all that follows", async () => {
    const account = new EmulatedAccount("custom_audiences");
    await account.deliver(RECORDS);
    const others = [member("a"), member("b", "remove"), member("a")];
    expect(await callsOf(account, () => account.deliver(others))).toEqual([POST, DELETE, POST]);
  });

  it("sends all of it again once its target is distrusted", async () => {
    const account = new EmulatedAccount("custom_audiences");
    await account.deliver(RECORDS);
    await account.time.pass(1_000);
    await account.store.targets.distrust("1", "VIP", account.time.clock());
    expect(await callsOf(account, () => account.deliver(RECORDS))).toEqual([POST, DELETE, POST]);
  });
});
