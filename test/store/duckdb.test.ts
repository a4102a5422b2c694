import { existsSync } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDuckdbStore } from "../../src/store/duckdb/open-store.js";
import { StoreFailure } from "../../src/store/store-fault.js";
import { Holder, inDatabase } from "./duckdb-process.js";
import { batch, candidate, evidence, go, item, runOnce, standingsOf, start, T0 } from "./rows.js";
import { opened, temporaryFolder } from "./world.js";

let folder = "";
let file = "";

beforeEach(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, "state.duckdb");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function open(origin: "graph" | "emulator:e1" = "graph") {
  return openDuckdbStore({ file, origin, createSalt: () => "salt" });
}

async function modeOf(name: string): Promise<string> {
  return ((await stat(name)).mode & 0o777).toString(8);
}

describe("the file of a DuckDB store", () => {
  it("is its owner's only, and so is the folder that is made for it", async () => {
    file = path.join(folder, "new", "state.duckdb");
    const store = await opened(file);
    await runOnce(store, [item(1)], { state: "succeeded" });
    expect(await modeOf(file)).toBe("600");
    expect(await modeOf(path.dirname(file))).toBe("700");
    await store.close();
    expect(await modeOf(file)).toBe("600");
  });

  it("keeps its first salt, and everything that it was told, from one opening to the next", async () => {
    const first = await opened(file, { createSalt: () => "first" });
    await runOnce(first, [item(1)], { state: "succeeded" });
    await first.close();
    const second = await opened(file, { createSalt: () => "second" });
    expect(second.salt).toBe("first");
    expect(await standingsOf(second, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    await second.close();
  });

  it("can be closed twice, and opened again", async () => {
    const store = await opened(file);
    await store.close();
    await store.close();
    await (await opened(file)).close();
  });

  it("goes on after a call that failed, of which nothing took effect", async () => {
    let failing = false;
    const store = await opened(file, {
      onStatement: (transaction, index) => {
        if (failing && transaction === "plan" && index === 1) throw new Error("no room");
      },
    });
    const runId = await start(store);
    failing = true;
    await expect(store.ledger.plan(batch(runId, 0, { items: [item(1)] }))).rejects.toThrow(
      StoreFailure,
    );
    failing = false;
    expect(await store.ledger.list({ limit: 9 })).toEqual([]);
    await go(store, batch(runId, 0, { items: [item(1)] }), { state: "succeeded" });
    expect(await standingsOf(store, candidate(1))).toEqual([{ kind: "delivered", same: true }]);
    await store.close();
  });

  it("does what it is asked at once one after the other, and each whole", async () => {
    const store = await opened(file);
    const runId = await start(store);
    const places = Array.from({ length: 20 }, (_, place) => place);
    await Promise.all(
      places.map((place) =>
        go(store, batch(runId, place, { items: [item(place)] }), { state: "succeeded" }),
      ),
    );
    const closed = store.close();
    await expect(store.runs.list(1)).rejects.toThrow(TypeError);
    await closed;
    const again = await opened(file);
    const asked = places.map((place) => candidate(place));
    expect(await standingsOf(again, ...asked)).toEqual(
      asked.map(() => ({ kind: "delivered", same: true })),
    );
    await again.close();
  });

  it("takes more events at once than the engine does", async () => {
    const store = await opened(file);
    const numbers = Array.from({ length: 5_000 }, (_, number) => number);
    await runOnce(
      store,
      numbers.map((number) => item(number)),
      { state: "succeeded" },
    );
    const asked = [...numbers, 5_000].map((number) => candidate(number));
    const standings = await standingsOf(store, ...asked);
    expect(standings.filter(({ kind }) => kind === "delivered")).toHaveLength(5_000);
    expect(standings.at(-1)).toEqual({ kind: "new" });
    await store.close();
  });

  it("says of a failed call what kind of failure it was, and nothing of what it was given", async () => {
    const store = await opened(file);
    const ada = "ada@example.test";
    const wrong = { itemId: ada, contentDigest: ada, routeKey: ada };
    const failure = store.events.standings(-1, "orders", [wrong]);
    await expect(failure).rejects.toThrow(StoreFailure);
    await expect(failure).rejects.not.toThrow("ada@example.test");
    await expect(failure).rejects.toMatchObject({ fault: { code: "store.failed" } });
    await store.close();
  });

  it("folds as a run goes on without losing what settles late", async () => {
    const store = await opened(file);
    const runId = await start(store);
    const late = batch(runId, 0, { items: [item(0)] });
    await go(store, late, { state: "unknown", at: T0 });
    for (let place = 1; place <= 120; place += 1)
      await go(store, batch(runId, place, { items: [item(place)] }), { state: "succeeded" });
    const again = { batchId: late.batchId, attempt: 2, at: T0 + 9_000 };
    await store.ledger.sending({ ...again, deadline: T0 + 10_000 });
    await store.ledger.settle({
      ...again,
      state: "succeeded",
      evidence: evidence(),
      rejects: [],
    });
    await store.runs.end(runId, "succeeded", T0, "{}");
    const asked = Array.from({ length: 121 }, (_, number) => candidate(number));
    expect(await standingsOf(store, ...asked)).toEqual(
      asked.map(() => ({ kind: "delivered", same: true })),
    );
    expect(await store.events.counts(T0)).toMatchObject([{ delivered: 121, unanswered: 0 }]);
    await store.close();
    expect(await inDatabase(file, "SELECT count(*) FROM batch_items")).toEqual(["0"]);
  });
});

describe("opening a DuckDB store that cannot be used", () => {
  it("names the process that has it open, and opens it when that has ended", async () => {
    await (await opened(file)).close();
    const holder = await Holder.of(file);
    try {
      const refused = await open();
      expect(refused).toMatchObject({
        ok: false,
        error: {
          code: "store.in_use",
          remedy:
            "Wait until that run has ended, or stop it: a store in a file is open to one process at a time. One on PostgreSQL can be looked at while a run writes to it.",
        },
      });
      expect(refused.ok ? "" : refused.error.message).toContain(
        `the store \`${file}\` is in use by process ${String(holder.pid)} (`,
      );
    } finally {
      await holder.kill();
    }
    await (await opened(file)).close();
  });

  it("refuses this process a second time until it has closed it", async () => {
    const store = await opened(file);
    expect(await open()).toMatchObject({
      ok: false,
      error: {
        code: "store.in_use",
        message: `the store \`${file}\` is in use by this process (${String(process.pid)})`,
      },
    });
    await store.close();
    await (await opened(file)).close();
  });

  it("refuses the store of another Meta, either way", async () => {
    await (await opened(file)).close();
    expect(await open("emulator:e1")).toEqual({
      ok: false,
      error: {
        code: "store.origin",
        message: `the store \`${file}\` belongs to Meta, not to the emulator e1`,
        remedy: "Give the emulator a store of its own with --store.",
      },
    });
    file = path.join(folder, "emulator.duckdb");
    await (await opened(file, { origin: "emulator:e1" })).close();
    expect(await open()).toEqual({
      ok: false,
      error: {
        code: "store.origin",
        message: `the store \`${file}\` belongs to the emulator e1, not to Meta`,
        remedy: "Delete it if that emulator is gone, or give another --store.",
      },
    });
    await (await opened(file, { origin: "emulator:e1" })).close();
  });

  it("refuses a store of a later version", async () => {
    await (await opened(file)).close();
    await inDatabase(file, "UPDATE store_meta SET schema_version = 99");
    expect(await open()).toEqual({
      ok: false,
      error: {
        code: "store.newer",
        message: `the store \`${file}\` was written by a newer retl-meta`,
        remedy: "Update this one, or give another --store.",
      },
    });
    expect(await inDatabase(file, "SELECT schema_version FROM store_meta")).toEqual([99]);
  });

  it("refuses a file that is no database, and leaves it as it is", async () => {
    const text = "event_id,value\n".repeat(1_000);
    await writeFile(file, text, { mode: 0o644 });
    expect(await open()).toEqual({
      ok: false,
      error: {
        code: "store.unreadable",
        message: `\`${file}\` is no DuckDB database, or it is damaged`,
        remedy: "Give the path of another file, or restore it from a backup.",
      },
    });
    expect(await readFile(file, "utf8")).toBe(text);
    expect(await modeOf(file)).toBe("644");
    expect(existsSync(`${file}.wal`)).toBe(false);
  });

  it("refuses a database of somebody else's, and leaves it as it is", async () => {
    await inDatabase(file, "CREATE TABLE customers AS SELECT 1 AS id", "CHECKPOINT");
    const before = { bytes: await readFile(file), mode: await modeOf(file) };
    expect(await open()).toEqual({
      ok: false,
      error: {
        code: "store.foreign",
        message: `\`${file}\` is a database, but no store of retl-meta`,
        remedy: "Give the path of another file; a store is made where there is none.",
      },
    });
    expect({ bytes: await readFile(file), mode: await modeOf(file) }).toEqual(before);
    expect(await inDatabase(file, "SELECT id FROM customers")).toEqual([1]);
  });
});
