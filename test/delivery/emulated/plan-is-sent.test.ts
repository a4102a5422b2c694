/** What `plan` shows is what `sync` sends first: byte for byte, on a store with and without history. */
import { describe, expect, it } from "vitest";
import type { Transport } from "../../../src/core/ports.js";
import type { RequestPlan } from "../../../src/planning/request-plan.js";
import { EmulatedAccount, lead, leads, member } from "./account.js";
import { poisoned, withIds } from "./poison.js";

/** What of a request Meta sees. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A Meta behind a network that can be cut, so that every answer gets lost. */
class WatchedMeta {
  readonly seen: Seen[] = [];
  answersAreLost = false;

  readonly between = (meta: Transport): Transport => {
    return async (request) => {
      const { pathname } = new URL(request.url);
      const body = await request.clone().text();
      if (body !== "") this.seen.push({ method: request.method, path: pathname, body });
      if (!this.answersAreLost) return meta(request);
      throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    };
  };
}

function seenOf({ method, path, bodyText }: RequestPlan): Seen {
  return { method, path, body: bodyText };
}

/** Fingerprints of the planned requests that the latest run sent, in their order. */
async function sentFingerprints({ store, tables }: EmulatedAccount) {
  const batches = await store.ledger.list({ runId: tables.runs.length, limit: 100 });
  return batches
    .filter(({ parent, attempts }) => parent === undefined && attempts > 0)
    .map(({ fingerprint }) => fingerprint)
    .reverse();
}

/** Holds a plan against the run that follows it. */
async function expectPlanIsSent(
  account: EmulatedAccount,
  meta: WatchedMeta,
  records: readonly unknown[],
) {
  const plan = await account.plan(records);
  meta.seen.length = 0;
  await account.deliver(records);
  expect(meta.seen).toEqual(plan.map(seenOf));
  expect(await sentFingerprints(account)).toEqual(plan.map(({ fingerprint }) => fingerprint));
  return plan;
}

describe("a plan of events", () => {
  it("is what a run on an empty store sends", async () => {
    const meta = new WatchedMeta();
    const binding = { maxBodyBytes: 1_000 };
    const account = new EmulatedAccount("events", { between: meta.between, binding });
    const plan = await expectPlanIsSent(account, meta, leads(30));
    expect(plan.length).toBeGreaterThan(3);
  });

  it("is what a run sends that knows of delivered, refused and unanswered events", async () => {
    const meta = new WatchedMeta();
    const account = new EmulatedAccount("events", {
      between: (inner) => poisoned(meta.between(inner), withIds("refused-1"), true),
    });
    await account.deliver([...leads(3, "delivered"), ...leads(2, "refused")]);
    meta.answersAreLost = true;
    await account.deliver(leads(2, "unanswered"));
    meta.answersAreLost = false;

    const all = ["delivered", "refused", "unanswered", "new"].flatMap((name) => leads(2, name));
    const plan = await expectPlanIsSent(account, meta, [...all, lead("new-0"), lead("last")]);
    expect(plan.map(({ recordIdentities }) => recordIdentities)).toEqual([
      ["unanswered-0", "unanswered-1", "new-0", "new-1", "last"],
    ]);
  });

  it("is empty when there is nothing left to send", async () => {
    const account = new EmulatedAccount("events");
    await account.deliver(leads(3));
    expect(await account.plan(leads(3))).toEqual([]);
  });
});

describe("a plan of audiences", () => {
  const VIP = { adAccountId: "1", name: "VIP", id: "77" };
  const RECORDS = [
    member("a"),
    member("b"),
    member("a", "remove"),
    member("a"),
    member("c", "remove"),
  ];

  function watchedAccount() {
    const meta = new WatchedMeta();
    const account = new EmulatedAccount("custom_audiences", {
      between: meta.between,
      audiences: [VIP],
      binding: { targets: { VIP: "77" } },
    });
    return { meta, account };
  }

  it("is what a run on an empty store sends", async () => {
    const { meta, account } = watchedAccount();
    const plan = await expectPlanIsSent(account, meta, RECORDS);
    expect(plan.map(({ method }) => method)).toEqual(["POST", "DELETE", "POST", "DELETE"]);
  });

  it("is what a run sends that goes on where another stopped", async () => {
    const { meta, account } = watchedAccount();
    await account.deliver(RECORDS.slice(0, 2));
    meta.answersAreLost = true;
    expect((await account.deliver(RECORDS)).records).toMatchObject({
      delivered: 2,
      unknown: 1,
      notSent: 2,
    });
    meta.answersAreLost = false;
    const plan = await expectPlanIsSent(account, meta, RECORDS);
    expect(plan.map(({ method }) => method)).toEqual(["DELETE", "POST", "DELETE"]);
  });

  it("writes nothing, however often it is made", async () => {
    const { account } = watchedAccount();
    await account.deliver(RECORDS.slice(0, 2));
    const before = JSON.stringify(account.tables, mapsAsLists);
    await account.plan(RECORDS);
    const again = await account.plan(RECORDS);
    expect(again.map(({ method }) => method)).toEqual(["DELETE", "POST", "DELETE"]);
    expect(JSON.stringify(account.tables, mapsAsLists)).toBe(before);
  });
});

function mapsAsLists(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
