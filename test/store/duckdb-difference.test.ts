import { rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreFailure } from "../../src/store/store-fault.js";
import {
  audience,
  changesOf,
  difference,
  key,
  mirrorOnce,
  shown,
  toDo,
  VIP,
  VIP_ID,
  wants,
} from "./member-rows.js";
import { end, start, SYNC, T0 } from "./rows.js";
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

const ann = wants(VIP, "ann", { keys: "a" });
const bob = wants(VIP, "bob", { context: "Berlin" });
const cid = wants(VIP, "cid", { keys: "c" });
const REST = "rest of compare";

describe("a difference in a DuckDB store", () => {
  it("hands its changes out as they were found, whatever has become of the rows since", async () => {
    const store = await opened(file);
    await mirrorOnce(store, [ann, bob]);
    await store.suppressions.add([key("a")], T0);
    const found = await difference(store, [cid]);
    expect(await store.suppressions.dropHeld(VIP_ID)).toBe(1);
    const runId = await start(store);
    expect((await changesOf(found)).map(shown).sort()).toEqual([
      "+ cid c",
      "- ann a",
      "- bob |Berlin",
    ]);
    expect(await found.begin(runId, [VIP])).toEqual([]);
    await store.close();
  });

  it("finds them as they are when it is asked for, whatever is asked for at the same time", async () => {
    const store = await opened(file);
    await mirrorOnce(store, [ann]);
    await store.suppressions.add([key("a")], T0);
    const staging = await store.members.stage();
    const comparing = staging.compare({ sync: SYNC, audiences: [audience()], removes: true });
    const dropped = store.suppressions.dropHeld(VIP_ID);
    expect((await changesOf(await comparing)).map(shown)).toEqual(["- ann a"]);
    expect(await dropped).toBe(1);
    await store.close();
  });

  it("looks nothing up that nobody asks for: whoever only counts does not read what is sent", async () => {
    const transactions = new Set<string>();
    const onStatement = (transaction: string) => transactions.add(transaction);
    const store = await opened(file, { onStatement });
    await mirrorOnce(store, [ann]);
    expect(transactions).toContain(REST);
    transactions.clear();
    const runId = await start(store);
    const staging = await store.members.stage();
    await staging.compare({ sync: "", audiences: [], removes: true });
    await staging.close();
    await end(store, runId);
    expect(transactions).toContain("compare");
    expect(transactions).not.toContain(REST);
    await store.close();
  });

  it("can be begun after an attempt that failed, of which nothing took effect", async () => {
    let failing = true;
    const onStatement = (transaction: string) => {
      if (failing && transaction === REST) throw new Error("no room");
    };
    const store = await opened(file, { onStatement });
    const runId = await start(store);
    const found = await difference(store, [ann]);
    await expect(found.begin(runId, [VIP])).rejects.toThrow(StoreFailure);
    await expect(found.changes(VIP, -1, 9)).rejects.toThrow(StoreFailure);
    failing = false;
    expect((await changesOf(found)).map(shown)).toEqual(["+ ann a"]);
    expect(await found.begin(runId, [VIP])).toEqual([]);
    await store.close();
  });

  it("is over when it is closed: nobody reads the tables of the next one for its own", async () => {
    const store = await opened(file);
    const runId = await start(store);
    const first = await difference(store, [ann]);
    const second = await difference(store, [bob]);
    await expect(first.begin(runId, [VIP])).rejects.toThrow("the comparison was closed");
    await expect(first.changes(VIP, -1, 9)).rejects.toThrow("the comparison was closed");
    expect((await changesOf(second)).map(shown)).toEqual(["+ bob |Berlin"]);
    await store.close();
  });

  it("is not made of rows that have changed: what failed before they did is given up", async () => {
    let failing = true;
    const onStatement = (transaction: string) => {
      if (failing && transaction === REST) throw new Error("no room");
    };
    const store = await opened(file, { onStatement });
    const found = await difference(store, [ann]);
    const runId = await start(store);
    failing = false;
    await expect(found.changes(VIP, -1, 9)).rejects.toThrow(StoreFailure);
    await expect(found.begin(runId, [VIP])).rejects.toThrow(StoreFailure);
    expect(await toDo(store, [ann])).toEqual(["+ ann a"]);
    await store.close();
  });
});
