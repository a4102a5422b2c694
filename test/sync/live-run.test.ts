/** A live run from its start in the log to its end. */
import type { RunEvent } from "../../src/delivery/run-event.js";
import { describe, expect, it } from "vitest";
import { StoreFailure } from "../../src/store/store-fault.js";
import { EmulatedAccount, lead, leads, member } from "../delivery/emulated/account.js";
import { NOW } from "../delivery/entries.js";
import { NEVER, sleepIn } from "../delivery/world.js";

const HOUR = 3_600_000;

function rejectedLead(id: string) {
  return lead(id, { identifiers: [] });
}

async function* breaking(records: readonly unknown[]): AsyncGenerator {
  for (const record of records) yield await Promise.resolve(record);
  throw new Error("the source broke off");
}

async function rejectedIn({ store }: EmulatedAccount): Promise<readonly string[]> {
  const rejects = await store.rejects.list({}, 10);
  return rejects.map(({ identity, origin }) => `${identity}, ${origin}`).sort();
}

describe("a run", () => {
  it("is in the log with its start, its end, how it ended and its report", async () => {
    const account = new EmulatedAccount("events");
    await account.deliver(leads(2));
    await account.time.pass(HOUR);
    const result = await account.deliver([rejectedLead("a")]);
    expect(result.status).toBe("failed");
    const [second, first] = await account.store.runs.list(10);
    expect(first).toMatchObject({
      runId: 1,
      sync: "records:meta",
      surface: "events",
      startedAt: NOW,
      endedAt: NOW,
      holder: "test",
      status: "succeeded",
    });
    expect(second).toMatchObject({ runId: 2, startedAt: NOW + HOUR, status: "failed" });
    expect(JSON.parse(first?.report ?? "")).toMatchObject({ records: { acknowledged: 2 } });
  });

  it("is unfinished in the log when its process ended first", async () => {
    const account = new EmulatedAccount("events", {
      between: () => () => new Promise(() => undefined),
    });
    void account.start(leads(1), { neverTimesOut: true });
    await account.time.until(() => account.calls.length === 1);
    expect((await account.store.runs.list(1))[0]).toMatchObject({ status: undefined });
    const after = new EmulatedAccount("events", { parts: { store: account.store } });
    await after.deliver([]);
    expect((await account.store.runs.list(2)).map(({ status }) => status)).toEqual([
      "succeeded",
      "unfinished",
    ]);
  });

  it("keeps the local rejections of other records: contract records are never all there are", async () => {
    const account = new EmulatedAccount("events");
    await account.deliver([rejectedLead("a"), rejectedLead("b")]);
    expect(await rejectedIn(account)).toEqual(["a, local", "b, local"]);
    const second = await account.deliver([rejectedLead("b"), rejectedLead("c")]);
    expect(second).toMatchObject({ records: { rejected: 2 }, standingRejections: 1 });
    expect(await rejectedIn(account)).toEqual(["a, local", "b, local", "c, local"]);
  });

  it("tells once of an event that grew too old between planning and sending", async () => {
    let calls = 0;
    const account = new EmulatedAccount("events", {
      between:
        (meta, { time }) =>
        async (request) => {
          calls += 1;
          if (calls > 1) return meta(request);
          await sleepIn(time)(100_000, NEVER);
          return Response.json(
            { error: { code: 613, message: "Too many calls.", type: "x" } },
            { status: 400 },
          );
        },
    });
    // It can be sent for another minute.
    const occurred = new Date(NOW - 7 * 24 * HOUR + 11 * 60_000).toISOString();
    const records = [lead("old", { occurred_at: occurred }), ...leads(1)];
    const first = await account.deliver(records);
    expect(first).toMatchObject({
      records: { acknowledged: 1, rejected: 1 },
      standingRejections: 0,
    });
    expect(await rejectedIn(account)).toEqual(["old, local"]);
    const second = await account.deliver(records);
    expect(second).toMatchObject({ records: { delivered: 1, rejected: 1 }, standingRejections: 1 });
  });

  it("forgets none of them when it has not seen its whole source", async () => {
    const account = new EmulatedAccount("events");
    await account.deliver([rejectedLead("a")]);
    const interrupted = await account.deliver(leads(1), { interrupted: AbortSignal.abort() });
    expect(interrupted.status).toBe("interrupted");
    expect(await rejectedIn(account)).toEqual(["a, local"]);
  });

  it("tells of an event in doubt once as news, and from then on as it stands", async () => {
    const meta = { isSilent: true };
    const account = new EmulatedAccount("events", {
      between: (inner) => (request) =>
        meta.isSilent ? Promise.reject(new TypeError("fetch failed")) : inner(request),
    });
    await account.deliver(leads(1));
    meta.isSilent = false;
    await account.time.pass(47 * HOUR);
    expect(await account.deliver(leads(1))).toMatchObject({
      status: "partially_succeeded",
      records: { inDoubt: 1, acknowledged: 0 },
      newlyInDoubt: 1,
    });
    await account.time.pass(HOUR);
    expect(await account.deliver(leads(1))).toMatchObject({
      status: "succeeded",
      records: { inDoubt: 1 },
      newlyInDoubt: 0,
    });
    expect(await account.deliver(leads(1), { onDoubt: "resend" })).toMatchObject({
      status: "succeeded",
      records: { inDoubt: 0, acknowledged: 1 },
    });
  });

  it("sends an unanswered event again while Meta drops repeats", async () => {
    const lost = { calls: 6 };
    const account = new EmulatedAccount("events", {
      between: (inner) => async (request) => {
        const answer = await inner(request);
        lost.calls -= 1;
        if (lost.calls < 0) return answer;
        throw new TypeError("fetch failed");
      },
    });
    expect((await account.deliver(leads(1))).records).toMatchObject({ unknown: 1 });
    await account.time.pass(45 * HOUR);
    expect((await account.deliver(leads(1))).records).toMatchObject({ acknowledged: 1 });
    expect(account.emulator.summary().pixels).toMatchObject([
      { stored: 1, counts: { received: 7, duplicates: 6 } },
    ]);
  });
});

describe("a run that breaks", () => {
  it("ends with the error of its source after what was sent is settled, and the next one tidies up", async () => {
    const account = new EmulatedAccount("events");
    const records = leads(1_500);
    await expect(account.deliver(breaking(records))).rejects.toThrow("the source broke off");
    expect((await account.deliver(records)).records).toMatchObject({
      read: 1_500,
      delivered: 1_000,
      acknowledged: 500,
    });
    expect((await account.store.runs.list(2)).map(({ status }) => status)).toEqual([
      "succeeded",
      "unfinished",
    ]);
  });

  it("tells its listener that it broke off and why, and otherwise that it is finished", async () => {
    const told: RunEvent[] = [];
    const listener = { event: (event: RunEvent) => void told.push(event) };
    const ends = () =>
      told
        .splice(0)
        .filter(({ kind }) => kind === "finished" || kind === "broke_off")
        .map((event) => [event.kind, event.kind === "broke_off" ? event.code : undefined]);
    const account = new EmulatedAccount("events");
    await account.deliver(leads(1), { listener });
    expect(ends()).toEqual([["finished", undefined]]);
    await expect(account.deliver(breaking(leads(1)), { listener })).rejects.toThrow();
    expect(ends()).toEqual([["broke_off", undefined]]);
    const runs = { ...account.store.runs, end: () => Promise.reject(new StoreFailure("full")) };
    const store = { ...account.store, runs };
    const failing = new EmulatedAccount("events", { parts: { store } });
    await expect(failing.deliver([], { listener })).rejects.toThrow(StoreFailure);
    expect(ends()).toEqual([["broke_off", "store.failed"]]);
  });

  it("ends when its store fails, without a further request", async () => {
    const account = new EmulatedAccount("custom_audiences", {
      binding: { targets: { VIP: "77" } },
    });
    const { ledger } = account.store;
    const failing = { ...ledger, sending: () => Promise.reject(new StoreFailure("disk full")) };
    const store = { ...account.store, ledger: failing };
    const broken = new EmulatedAccount("custom_audiences", {
      binding: { targets: { VIP: "77" } },
      parts: { store },
    });
    await expect(broken.deliver([member("a"), member("b", "remove")])).rejects.toThrow(
      StoreFailure,
    );
    expect(broken.calls).toEqual([]);
  });

  it("hears its listeners out at the end, whichever of them threw", async () => {
    const account = new EmulatedAccount("events");
    const thrown = new Error("the listener failed");
    const told: string[] = [];
    const listener = {
      rejection: () => Promise.reject(thrown),
      event: ({ kind }: RunEvent) => {
        if (kind === "finished" || kind === "broke_off") told.push(kind);
        if (kind === "exchange") throw new Error("another one");
      },
    };
    const delivering = account.deliver([rejectedLead("a"), lead("b")], { listener });
    await expect(delivering).rejects.toThrow("the listener failed");
    expect(told).toEqual(["finished"]);
    expect((await account.store.runs.list(1))[0]).toMatchObject({ status: "succeeded" });
    expect(account.emulator.summary().pixels).toMatchObject([{ stored: 1 }]);
  });
});
