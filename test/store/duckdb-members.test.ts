import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/store/duckdb/migrations.js";
import { openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import { inDatabase } from "./duckdb-process.js";
import { leaveBehind, seenOf } from "./left-behind.js";
import {
  audience,
  changesOf,
  difference,
  key,
  mirrorBatch,
  mirrorOnce,
  refusalOf,
  toDo,
  VIP,
  wants,
} from "./member-rows.js";
import { batch, end, go, laneOf, start, T0 } from "./rows.js";
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

const crowd = (count: number, attributes = "") =>
  Array.from({ length: count }, (_, at) =>
    wants(VIP, String(at), { context: String(at), attributes }),
  );

/** How many rows each table has that is empty between runs. */
function passing(): Promise<readonly unknown[]> {
  const tables = ["changes", "refused_changes"];
  return inDatabase(
    file,
    tables.map((table) => `SELECT count(*) FROM ${table}`).join(" UNION ALL "),
  );
}

describe("a DuckDB store of members", () => {
  it("shows, when it is only read, what an ended process left as the next run finds it", async () => {
    const store = await opened(file);
    await leaveBehind(store);
    await store.close();
    const before = await readFile(file);
    const result = await openDuckdbStoreReadOnly({ file });
    if (!result.ok || result.value === undefined) throw new Error("there is no store to read");
    const read = result.value;
    const shown = await seenOf(read);
    expect(await seenOf(read)).toEqual(shown);
    await expect((await difference(read, [])).begin(9, [VIP])).rejects.toThrow(TypeError);
    await read.close();
    expect((await readFile(file)).equals(before)).toBe(true);
    const again = await opened(file);
    expect(await seenOf(again)).toEqual(shown);
    await start(again);
    expect(await seenOf(again)).toEqual(shown);
    await again.close();
  });

  it("keeps nothing of a run's changes once it has ended, and another has begun after a crash", async () => {
    const store = await opened(file);
    await leaveBehind(store);
    await store.close();
    expect((await passing()).includes("0")).toBe(false);
    const again = await opened(file);
    await mirrorOnce(again, []);
    await again.close();
    expect(await passing()).toEqual(["0", "0"]);
  });

  it("knows whom an early request of a replace was refused, though a fold came in between", async () => {
    const store = await opened(file);
    await mirrorOnce(store, crowd(1));
    const runId = await start(store);
    const replaced = { audiences: [audience({ replaces: true })] };
    const found = await difference(store, crowd(3).slice(1), replaced);
    await found.begin(runId, [VIP]);
    const added = (await changesOf(found)).filter(({ operation }) => operation === "upsert");
    const early = { operation: "preliminary" } as const;
    await go(store, mirrorBatch(runId, 0, added.slice(0, 1), early), {
      state: "partially_succeeded",
      rejects: added.slice(0, 1).map((change) => refusalOf(change)),
    });
    for (let place = 1; place < 60; place += 1)
      await go(store, batch(runId, place), { state: "succeeded" });
    const changes = found.audiences.flatMap((one) => one.replaced ?? []);
    const last = mirrorBatch(runId, 60, added.slice(1), { operation: "replace", changes });
    await go(store, last, { state: "succeeded" });
    await end(store, runId);
    expect(await store.members.audiences()).toMatchObject([{ rows: 1 }]);
    await store.close();
    expect(await passing()).toEqual(["0", "0"]);
  });

  it("puts what a run has settled beside the held rows, and among them as the next one starts", async () => {
    const places = () =>
      inDatabase(
        file,
        "SELECT count(*) FROM members UNION ALL SELECT count(*) FROM settled_members",
      );
    const store = await opened(file);
    await mirrorOnce(store, crowd(3));
    await store.close();
    expect(await places()).toEqual(["0", "3"]);
    const next = await opened(file);
    expect(await next.members.audiences()).toMatchObject([{ rows: 3 }]);
    expect(await toDo(next, crowd(3))).toEqual([]);
    await start(next);
    expect(await next.members.audiences()).toMatchObject([{ rows: 3 }]);
    await next.close();
    expect(await places()).toEqual(["3", "0"]);
  });

  it("knows of who has left nothing but ids until they are out of the held rows", async () => {
    const store = await opened(file);
    await mirrorOnce(store, crowd(2));
    await mirrorOnce(store, crowd(1));
    await store.close();
    expect(
      await inDatabase(
        file,
        `SELECT stays OR keys IS NOT NULL OR cells IS NOT NULL OR identity IS NOT NULL
          FROM settled_members`,
      ),
    ).toEqual([false]);
    const next = await opened(file);
    expect(await next.members.audiences()).toMatchObject([{ rows: 1 }]);
    await next.close();
  });

  it("keeps nothing of somebody who was erased once the run that removed them has ended", async () => {
    const store = await opened(file);
    await mirrorOnce(store, [wants(VIP, "ann", { keys: "a" }), wants(VIP, "bob", { keys: "b" })]);
    await store.suppressions.add([key("a")], T0);
    expect(await mirrorOnce(store, [], { comparison: { removes: false } })).toEqual(["- ann a"]);
    await store.close();
    expect(
      await inDatabase(
        file,
        "SELECT identity FROM members UNION ALL SELECT member::VARCHAR FROM settled_members",
      ),
    ).toEqual(["bob"]);
  });

  it("holds more people than the engine takes at once, and changes all of them", async () => {
    const store = await opened(file);
    expect(await mirrorOnce(store, crowd(5_000).slice(0, 900))).toHaveLength(900);
    const [found] = (await difference(store, crowd(5_000, "9"))).audiences;
    expect(found?.members).toMatchObject({ changed: 900, joined: 4_100 });
    await store.close();
  });

  it("gains its tables when it was written before there were members", async () => {
    await (await opened(file, { migrations: MIGRATIONS.slice(0, 2) })).close();
    await inDatabase(
      file,
      `INSERT INTO runs VALUES (1, 'orders', 'events', ${String(T0)}, 'node', NULL, NULL, NULL)`,
      `INSERT INTO batches VALUES (1, '1-0', 1, 'orders', NULL, 0, 'events', 'import', '400', '/p',
        'f', 1, 1, 'sending', ${String(T0)}, NULL, false, 0)`,
    );
    const store = await opened(file);
    expect(await store.ledger.lane(laneOf("orders", "400", -1))).toMatchObject({ positions: [{}] });
    expect(await mirrorOnce(store, [wants(VIP, "ann", { keys: "a" })])).toEqual(["+ ann a"]);
    expect(await toDo(store, [])).toEqual(["- ann a"]);
    expect(await store.ledger.list({ limit: 9, runId: 1 })).toMatchObject([{ state: "unknown" }]);
    await store.close();
  });
});
