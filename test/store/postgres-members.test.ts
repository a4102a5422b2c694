import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { MIGRATIONS } from "../../src/store/postgres/migrations.js";
import { openPostgresStoreReadOnly } from "../../src/store/postgres/open-store.js";
import { leaveBehind, seenOf } from "./left-behind.js";
import { difference, mirrorOnce, toDo, VIP, VIP_ID, wants } from "./member-rows.js";
import { PostgresWorlds } from "./postgres-world.js";
import { laneOf, start, SYNC, T0 } from "./rows.js";

/** Until somebody waits for a lock. */
const WAIT = { timeout: 20_000 };

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

/** How many rows the tables have that are empty between runs. */
function passing(schema: string): Promise<readonly unknown[]> {
  const tables = ["changes", "refused_changes"];
  return worlds.ask(
    tables.map((table) => `SELECT count(*)::int FROM "${schema}".${table}`).join(" UNION ALL "),
  );
}

describe("a store of members on a server", () => {
  it("shows, when it is only read, what an ended process left as the next run finds it", async () => {
    const schema = worlds.newSchema();
    const store = await worlds.opened(schema);
    await leaveBehind(store);
    await store.close();
    const result = await openPostgresStoreReadOnly(worlds.options(schema));
    if (!result.ok || result.value === undefined) throw new Error("there is no store to read");
    const read = result.value;
    const shown = await seenOf(read);
    expect(await seenOf(read)).toEqual(shown);
    await expect((await difference(read, [])).begin(9, [VIP])).rejects.toThrow(TypeError);
    await read.close();
    const again = await worlds.opened(schema);
    expect(await seenOf(again)).toEqual(shown);
    await start(again);
    expect(await seenOf(again)).toEqual(shown);
    await again.close();
  });

  it("keeps nothing of a run's changes once it has ended, and another has begun after a crash", async () => {
    const schema = worlds.newSchema();
    const store = await worlds.opened(schema);
    await leaveBehind(store);
    await store.close();
    expect((await passing(schema)).includes(0)).toBe(false);
    const again = await worlds.opened(schema);
    await mirrorOnce(again, []);
    await again.close();
    expect(await passing(schema)).toEqual([0, 0]);
  });

  it("tells who keeps an audience only once nobody is just about to begin it", async () => {
    const schema = worlds.newSchema();
    const [store, other] = [await worlds.opened(schema), await worlds.opened(schema)];
    const runId = await start(store);
    const found = await difference(store, [wants(VIP, "ann", { keys: "a" })]);
    const { beginning, asked } = await worlds.during(
      `LOCK TABLE "${schema}".audiences IN SHARE MODE`,
      async (waiting) => {
        const beginning = found.begin(runId, [VIP]);
        await vi.waitFor(async () => expect(await waiting()).toBe(1), WAIT);
        const asked = other.members.keeperOf(VIP_ID);
        await vi.waitFor(async () => expect(await waiting()).toBe(2), WAIT);
        return { beginning, asked };
      },
    );
    expect(await beginning).toEqual([]);
    expect(await asked).toBe(SYNC);
    await store.close();
    await other.close();
  });

  it("gains its tables when it was written before there were members", async () => {
    const schema = worlds.newSchema();
    await (await worlds.opened(schema, { migrations: MIGRATIONS.slice(0, 2) })).close();
    await worlds.ask(
      `INSERT INTO "${schema}".runs
        VALUES (1, 'orders', 'events', ${String(T0)}, 'node', NULL, NULL, NULL, 0)`,
    );
    await worlds.ask(
      `INSERT INTO "${schema}".batches VALUES (1, '1-0', 1, 'orders', NULL, 0, 'events', 'import',
        '400', '/p', 'f', 1, 1, 'sending', ${String(T0)}, NULL, false, 0)`,
    );
    const store = await worlds.opened(schema);
    expect(await store.ledger.lane(laneOf("orders", "400", -1))).toMatchObject({ positions: [{}] });
    expect(await mirrorOnce(store, [wants(VIP, "ann", { keys: "a" })])).toEqual(["+ ann a"]);
    expect(await toDo(store, [])).toEqual(["- ann a"]);
    expect(await store.ledger.list({ limit: 9, runId: 1 })).toMatchObject([{ state: "unknown" }]);
    await store.close();
  });
});
