import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/store/postgres/migrations.js";
import { openPostgresStore } from "../../src/store/postgres/open-store.js";
import { StoreFailure } from "../../src/store/store-fault.js";
import { runStatements } from "../postgres/server.js";
import { expectVersion2Rows } from "./contract/from-version-2.js";
import { PostgresWorlds } from "./postgres-world.js";
import {
  batch,
  candidate,
  end,
  evidence,
  go,
  item,
  reject,
  runOnce,
  standingsOf,
  start,
  SYNC,
  T0,
} from "./rows.js";
import { version2Rows } from "./version-2.js";

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

describe("a store on a server", () => {
  it("is made by whoever opens it first, and is the same for all who do so at once", async () => {
    const schema = worlds.newSchema();
    const stores = await Promise.all(
      [1, 2, 3, 4, 5].map((number) =>
        worlds.opened(schema, { createSalt: () => `salt ${String(number)}` }),
      ),
    );
    expect(new Set(stores.map(({ salt }) => salt)).size).toBe(1);
    expect(await worlds.ask(`SELECT count(*)::int FROM "${schema}".store_meta`)).toEqual([1]);
    for (const store of stores) await store.close();
  });

  it("keeps its first salt, and everything that it was told, from one opening to the next", async () => {
    const schema = worlds.newSchema();
    const first = await worlds.opened(schema, { createSalt: () => "first" });
    await runOnce(first, [item(1)], { state: "succeeded" });
    await first.close();
    await first.close();
    const second = await worlds.opened(schema, { createSalt: () => "second" });
    expect(second.salt).toBe("first");
    expect(await standingsOf(second, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    await second.close();
  });

  it("of version 2 keeps what it delivered as long as any event may be old", async () => {
    const schema = worlds.newSchema();
    await (await worlds.opened(schema, { migrations: MIGRATIONS.slice(0, 2) })).close();
    for (const statement of version2Rows(`"${schema}".`, { token: 1 })) await worlds.ask(statement);
    await worlds.ask(`CREATE VIEW "${schema}".ahead AS SELECT * FROM "${schema}".events`);
    const store = await worlds.opened(schema);
    await expectVersion2Rows(store);
    await store.close();
  });

  it("lives in the schema `retl_meta` unless another one is said, and touches no other", async () => {
    const url = await worlds.newDatabase();
    await runStatements(url, "CREATE TABLE public.runs (id int)");
    const options = { url, name: "env:STORE", createSalt: () => "salt" };
    const opened = await openPostgresStore(options);
    await (opened.ok ? opened.value.close() : undefined);
    await runStatements(url, "SELECT schema_version FROM retl_meta.store_meta", "DROP TABLE runs");
  });

  it("goes on after a call that failed, of which nothing took effect", async () => {
    let failing = false;
    const store = await worlds.opened(worlds.newSchema(), {
      onStatement: (transaction, index) => {
        if (failing && transaction === "plan" && index === 2) throw new Error("no room");
      },
    });
    const runId = await start(store);
    failing = true;
    await expect(store.ledger.plan(batch(runId, 0, { items: [item(1)] }))).rejects.toThrow(Error);
    failing = false;
    expect(await store.ledger.list({ limit: 9 })).toEqual([]);
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "succeeded" });
    await end(store, runId);
    expect(await standingsOf(store, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    await store.close();
  });

  it("does what it is asked at once one after the other, and each whole", async () => {
    const schema = worlds.newSchema();
    const store = await worlds.opened(schema);
    const runId = await start(store);
    const places = Array.from({ length: 120 }, (_, place) => place);
    await Promise.all(
      places.map((place) =>
        go(store, batch(runId, place, { items: [item(place)] }), { state: "succeeded" }),
      ),
    );
    const closed = store.close();
    await expect(store.runs.list(1)).rejects.toThrow(TypeError);
    await closed;
    const again = await worlds.opened(schema);
    const asked = places.map((place) => candidate(place));
    expect(await standingsOf(again, ...asked)).toEqual(
      asked.map(() => ({ kind: "delivered", same: true })),
    );
    await again.close();
  });

  it("folds as a run goes on without losing what settles late", async () => {
    const schema = worlds.newSchema();
    const store = await worlds.opened(schema);
    const runId = await start(store);
    const late = batch(runId, 0, { items: [item(0)] });
    await go(store, late, { state: "unknown", at: T0 });
    for (let place = 1; place <= 60; place += 1)
      await go(store, batch(runId, place, { items: [item(place)] }), { state: "succeeded" });
    const again = { batchId: late.batchId, attempt: 2, at: T0 + 9_000 };
    await store.ledger.sending({ ...again, deadline: T0 + 10_000 });
    await store.ledger.settle({ ...again, state: "succeeded", evidence: evidence(), rejects: [] });
    await end(store, runId);
    expect(await store.events.counts(T0)).toMatchObject([{ delivered: 61, unanswered: 0 }]);
    await store.close();
    expect(await worlds.ask(`SELECT count(*)::int FROM "${schema}".batch_items`)).toEqual([0]);
  });

  it("takes many events at once", async () => {
    const store = await worlds.opened(worlds.newSchema());
    const numbers = Array.from({ length: 5_000 }, (_, number) => number);
    const items = numbers.map((number) => item(number));
    await runOnce(store, items, { state: "succeeded" });
    const asked = [...numbers, 5_000].map((number) => candidate(number));
    const standings = await standingsOf(store, ...asked);
    expect(standings.filter(({ kind }) => kind === "delivered")).toHaveLength(5_000);
    expect(standings.at(-1)).toEqual({ kind: "new" });
    await store.close();
  });

  it("finds a text with a U+0000, for which the engine has no place", async () => {
    const store = await worlds.opened(worlds.newSchema());
    const runId = await start(store);
    const odd = reject(1, { identity: "a\0b" });
    await store.rejects.noteLocal(runId, SYNC, [odd], T0);
    await end(store, runId);
    expect(await store.rejects.list({ identity: "a\0b" }, 9)).toMatchObject([
      { identity: "a\u2400b" },
    ]);
    await store.close();
  });

  it("says of a failed call what kind of failure it was, and nothing of what it was given", async () => {
    const store = await worlds.opened(worlds.newSchema());
    const ada = "ada@example.test";
    const wrong = { itemId: ada, contentDigest: ada, routeKey: ada };
    const failure = store.events.standings(-1, SYNC, [wrong]);
    await expect(failure).rejects.toThrow("PostgreSQL error 22P02");
    await expect(failure).rejects.not.toThrow("ada@example.test");
    await expect(failure).rejects.toMatchObject({ fault: { code: "store.failed" } });
    await store.close();
  });

  it("says in the middle of a run that its connection was lost, and takes nothing up again", async () => {
    const schema = worlds.newSchema();
    const store = await worlds.opened(schema);
    const runId = await start(store);
    await worlds.cutAll();
    for (const place of [0, 1]) {
      const failure = store.ledger.plan(batch(runId, place));
      await expect(failure).rejects.toThrow(StoreFailure);
      await expect(failure).rejects.toMatchObject({ fault: { code: "store.connection_lost" } });
    }
    await store.close();
    const again = await worlds.opened(schema);
    expect(await again.ledger.list({ limit: 9 })).toEqual([]);
    expect(await start(again, T0 + 1)).toBe(2);
    await again.close();
  });
});
