import { beforeEach, expect, it } from "vitest";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables, type MemoryTables } from "../../src/store/memory/tables.js";
import type { Store } from "../../src/store/store.js";
import { changesOf, difference, mirrorBatch, mirrorOnce, VIP, wants } from "./member-rows.js";
import { end, go, start, T0 } from "./rows.js";

let tables: MemoryTables;
let store: Store;

beforeEach(() => {
  tables = emptyTables();
  store = memoryStore(tables);
});

/** Begins to add two people, and sends the first of them, who never answers. */
async function halfSent(): Promise<number> {
  const runId = await start(store);
  const found = await difference(store, [
    wants(VIP, "ann", { keys: "a" }),
    wants(VIP, "bob", { keys: "b" }),
  ]);
  await found.begin(runId, [VIP]);
  const [first] = await changesOf(found);
  if (first !== undefined) await go(store, mirrorBatch(runId, 0, [first]), { state: "sending" });
  return runId;
}

it("keeps nothing of a run's changes once it has ended", async () => {
  await mirrorOnce(store, [wants(VIP, "ann", { keys: "a" })]);
  expect(tables.changes.size).toBe(0);
  expect(tables.members.size).toBe(1);
});

it("keeps the changes of a request that was under way when its run ended, until it is folded", async () => {
  const runId = await halfSent();
  expect(tables.changes.size).toBe(2);
  await end(store, runId);
  expect(tables.changes.size).toBe(1);
  await start(store);
  expect(tables.changes.size).toBe(0);
  expect(tables.members.size).toBe(1);
});

it("keeps no changes of a process that ended, whichever sync starts next", async () => {
  await halfSent();
  await store.close();
  await start(memoryStore(tables), T0, "visits");
  expect(tables.changes.size).toBe(0);
});

it("keeps the changes of a run that goes on while another one starts and ends", async () => {
  await halfSent();
  const other = memoryStore(tables);
  await end(other, await start(other, T0, "visits"));
  expect(tables.changes.size).toBe(2);
});
