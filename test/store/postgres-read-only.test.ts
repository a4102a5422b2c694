import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgresStoreReadOnly } from "../../src/store/postgres/open-store.js";
import type { Store } from "../../src/store/store.js";
import { PostgresWorlds } from "./postgres-world.js";
import {
  batch,
  candidate,
  end,
  go,
  HOUR,
  item,
  PIXEL,
  reject,
  start,
  SYNC,
  T0,
  laneOf,
} from "./rows.js";

const SENT = T0 + 1_000;

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

/** Opens the store that is there, to read. */
async function reading(schema: string): Promise<Store> {
  const result = await openPostgresStoreReadOnly(worlds.options(schema));
  if (!result.ok || result.value === undefined) throw new Error("there is no store to read");
  return result.value;
}

/** What can be read of a run and its events. */
async function shown(store: Store) {
  return {
    runs: (await store.runs.list(9)).map(({ status }) => status),
    batches: await store.ledger.list({ limit: 9 }),
    unknown: await store.ledger.list({ states: ["unknown"], limit: 9 }),
    lane: await store.ledger.lane(laneOf(SYNC, PIXEL, -1)),
    counts: await store.events.counts(SENT),
    rejects: await store.rejects.list({}, 9),
  };
}

async function begin(schema: string): Promise<Store> {
  const store = await worlds.opened(schema);
  const runId = await start(store);
  await go(store, batch(runId, 0, { items: [item(1)] }), { state: "succeeded" });
  await go(store, batch(runId, 1, { items: [item(2), item(5)] }), {
    state: "unknown",
    rejects: [reject(5)],
  });
  await go(store, batch(runId, 2, { items: [item(3)] }), { state: "sending", at: SENT });
  await go(store, batch(runId, 3, { items: [item(4)] }), { state: "pending" });
  return store;
}

describe("a store on a server that is only read", () => {
  it("is undefined where there is none, and makes nothing", async () => {
    const schema = worlds.newSchema();
    const nothing = { ok: true, value: undefined };
    expect(await openPostgresStoreReadOnly(worlds.options(schema))).toEqual(nothing);
    expect(await worlds.ask(`SELECT to_regnamespace('${schema}')::text`)).toEqual([null]);
    await worlds.ask(`CREATE SCHEMA ${schema}`);
    expect(await openPostgresStoreReadOnly(worlds.options(schema))).toEqual(nothing);
  });

  it("shows a run that goes on as it stands, and what comes of it", async () => {
    const schema = worlds.newSchema();
    const store = await begin(schema);
    const read = await reading(schema);
    const before = await shown(read);
    expect(before.runs).toEqual([undefined]);
    expect(before.batches.map(({ state, openEvents }) => [state, openEvents])).toEqual([
      ["pending", 0],
      ["sending", 1],
      ["unknown", 1],
      ["succeeded", 0],
    ]);
    await end(store, 1);
    const after = await shown(read);
    expect(after.runs).toEqual(["succeeded"]);
    expect(after.batches.map(({ state }) => state)).toEqual([
      "superseded",
      "unknown",
      "unknown",
      "succeeded",
    ]);
    await read.close();
    await store.close();
  });

  it("shows what an ended process left behind as the next run will find it", async () => {
    const schema = worlds.newSchema();
    await (await begin(schema)).close();
    const read = await reading(schema);
    const found = await shown(read);
    const asked = [1, 2, 3, 4].map((number) => candidate(number));
    const standings = [
      { kind: "delivered", same: true },
      { kind: "unanswered", firstSentAt: SENT, repeatSafeUntil: SENT + 46 * HOUR },
      { kind: "unanswered", firstSentAt: SENT, repeatSafeUntil: SENT + 46 * HOUR },
      { kind: "new" },
    ];
    expect(await read.events.standings(-1, SYNC, asked)).toEqual(standings);
    expect(await read.events.standings(-1, SYNC, asked)).toEqual(
      asked.map(() => ({ kind: "repeated", same: true })),
    );
    expect(await read.events.standings(-2, SYNC, asked)).toEqual(standings);
    await read.close();
    expect(found.runs).toEqual(["unfinished"]);
    const again = await worlds.opened(schema);
    const next = await start(again, T0 + HOUR, "visits");
    expect(await shown(again)).toEqual({ ...found, runs: [undefined, "unfinished"] });
    expect(await again.events.standings(next, SYNC, asked)).toEqual(standings);
    await again.close();
  });

  it("changes nothing, and could not", async () => {
    const schema = worlds.newSchema();
    await (await begin(schema)).close();
    const tables = ["runs", "leases", "batches", "attempts", "batch_items", "events", "rejects"];
    const everything = async () =>
      Promise.all(
        tables.map((table) =>
          worlds.ask(
            `SELECT coalesce(string_agg(concat(t.xmin, t.ctid, t), ';' ORDER BY t.ctid), '')
              FROM "${schema}".${table} t`,
          ),
        ),
      );
    const before = await everything();
    const read = await reading(schema);
    await shown(read);
    await read.events.standings(-1, SYNC, [candidate(1)]);
    await expect(read.runs.end(1, "failed", T0, "{}")).rejects.toThrow(TypeError);
    await expect(read.ledger.retry("1-1")).rejects.toThrow(TypeError);
    await read.close();
    expect(await everything()).toEqual(before);
  });
});
