import { readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import type { Store } from "../../src/store/store.js";
import { Holder } from "./duckdb-process.js";
import {
  batch,
  candidate,
  evidence,
  go,
  HOUR,
  item,
  newRun,
  reject,
  runOnce,
  start,
  SYNC,
  T0,
  laneOf,
} from "./rows.js";
import { opened, temporaryFolder } from "./world.js";

const SENT = T0 + 1_000;

let folder = "";
let file = "";

beforeEach(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, "state.duckdb");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Opens the store that is there, to read. */
async function reading(): Promise<Store> {
  const result = await openDuckdbStoreReadOnly({ file, origin: "graph" });
  if (!result.ok || result.value === undefined) throw new Error("there is no store to read");
  return result.value;
}

describe("a DuckDB store that is only read", () => {
  it("is undefined where there is none, and makes nothing", async () => {
    const missing = path.join(folder, "nowhere", "state.duckdb");
    expect(await openDuckdbStoreReadOnly({ file })).toEqual({ ok: true, value: undefined });
    expect(await openDuckdbStoreReadOnly({ file: missing })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("shows a run that an ended process left behind as the next run will find it", async () => {
    const store = await opened(file);
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "succeeded" });
    await go(store, batch(runId, 1, { items: [item(2)] }), { state: "sending", at: SENT });
    await go(store, batch(runId, 2, { items: [item(3)] }), { state: "pending" });
    await store.close();
    const asked = [1, 2, 3].map((number) => candidate(number));
    const found = [
      { kind: "delivered", same: true },
      { kind: "unanswered", firstSentAt: SENT, repeatSafeUntil: SENT + 46 * HOUR },
      { kind: "new" },
    ];
    const counted = [{ pixelId: "400000000000456", delivered: 1, unanswered: 1, inDoubt: 0 }];
    const read = await reading();
    expect(await read.events.counts(SENT)).toEqual(counted);
    expect(await read.events.standings(-1, SYNC, asked)).toEqual(found);
    expect(await read.events.counts(SENT)).toEqual(counted);
    await read.close();
    const again = await opened(file);
    const next = await start(again, T0 + HOUR);
    expect(await again.events.standings(next, SYNC, asked)).toEqual(found);
    await again.close();
  });

  it("shows the batches and the run of a process that ended as the next run will find them", async () => {
    const store = await opened(file);
    const runId = await start(store);
    await go(store, batch(runId, 0, { items: [item(1), item(2)] }), { state: "unknown" });
    await go(store, batch(runId, 1, { items: [item(3)] }), { state: "sending" });
    await go(store, batch(runId, 2, { items: [item(4)] }), { state: "pending" });
    await store.close();
    const before = { bytes: await readFile(file), at: (await stat(file)).mtimeMs };
    const read = await reading();
    const shown = {
      batches: await read.ledger.list({ limit: 9 }),
      unknown: await read.ledger.list({ states: ["unknown"], limit: 9 }),
      lane: await read.ledger.lane(laneOf(SYNC, "400000000000456", -1)),
      counts: await read.events.counts(SENT),
    };
    expect(shown.batches).toMatchObject([
      { state: "superseded", openEvents: 0 },
      { state: "unknown", openEvents: 1 },
      { state: "unknown", openEvents: 2 },
    ]);
    expect(shown.unknown.map(({ batchId }) => batchId)).toEqual(["1-1", "1-0"]);
    expect(await read.runs.list(9)).toMatchObject([{ status: "unfinished" }]);
    await read.close();
    expect({ bytes: await readFile(file), at: (await stat(file)).mtimeMs }).toEqual(before);
    const again = await opened(file);
    await start(again, T0 + HOUR);
    expect({
      batches: await again.ledger.list({ limit: 9 }),
      unknown: await again.ledger.list({ states: ["unknown"], limit: 9 }),
      lane: await again.ledger.lane(laneOf(SYNC, "400000000000456", -1)),
      counts: await again.events.counts(SENT),
    }).toEqual(shown);
    await again.close();
  });

  it("knows the origin that it was asked for", async () => {
    await (await opened(file)).close();
    expect(await openDuckdbStoreReadOnly({ file, origin: "emulator:e1" })).toMatchObject({
      ok: false,
      error: { code: "store.origin" },
    });
    await (await reading()).close();
  });

  it.each<[string, (store: Store) => Promise<unknown>]>([
    ["start a run", (store) => store.runs.start(newRun())],
    ["end a run", (store) => store.runs.end(1, "failed", T0, "{}")],
    ["plan a batch", (store) => store.ledger.plan(batch(1, 9, { items: [item(9)] }))],
    [
      "carry a batch",
      (store) => store.ledger.carry([{ ...batch(1, 9), state: "skipped", settledAt: T0 }]),
    ],
    [
      "send a batch",
      (store) => store.ledger.sending({ batchId: "1-0", attempt: 2, at: T0, deadline: T0 }),
    ],
    [
      "settle a batch",
      (store) =>
        store.ledger.settle({
          batchId: "1-0",
          state: "failed",
          at: T0,
          attempt: 1,
          evidence: evidence(),
          rejects: [reject(1)],
        }),
    ],
    ["retry a batch", (store) => store.ledger.retry("1-0")],
    ["skip a batch", (store) => store.ledger.skip("1-0", T0)],
    ["note a reject", (store) => store.rejects.noteLocal(1, SYNC, [reject(1)], T0)],
    ["drop rejects", (store) => store.rejects.dropStaleLocal(1, SYNC)],
    ["retry rejects", (store) => store.rejects.retry({})],
    ["create a target", (store) => store.targets.creating("1", "vip", T0, undefined)],
    ["forget a target", (store) => store.targets.forget("1", "vip")],
    ["distrust a target", (store) => store.targets.distrust("1", "vip", T0)],
  ])("refuses to %s, and can still be read", async (_, change) => {
    const store = await opened(file);
    await runOnce(store, [item(1)], { state: "unknown", at: SENT });
    await store.close();
    const read = await reading();
    await expect(change(read)).rejects.toThrow(TypeError);
    expect(await read.ledger.list({ limit: 9 })).toMatchObject([{ batchId: "1-0", attempts: 1 }]);
    expect(await read.events.counts(SENT)).toMatchObject([{ unanswered: 1 }]);
    await read.close();
  });

  it("reads what a process committed that was killed before it could write it into the file", async () => {
    await (await opened(file)).close();
    const holder = await Holder.of(
      file,
      "SET wal_autocheckpoint = '1GB'",
      "INSERT INTO targets VALUES ('1', 'vip', '77', true, 5, 6)",
    );
    await holder.kill();
    expect(await readdir(folder)).toEqual(["state.duckdb", "state.duckdb.wal"]);
    const read = await reading();
    expect(await read.targets.list()).toEqual([
      {
        adAccountId: "1",
        target: "vip",
        audienceId: "77",
        createdByUs: true,
        trustedSince: 5,
        checkedAt: 6,
      },
    ]);
    await read.close();
    expect(await readdir(folder)).toEqual(["state.duckdb", "state.duckdb.wal"]);
    const written = await opened(file);
    expect(await written.targets.find("1", "vip")).toMatchObject({ audienceId: "77" });
    await written.close();
  });
});
