import { expect, it } from "vitest";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables } from "../../src/store/memory/tables.js";
import { readOnly } from "../../src/store/read-only.js";
import { difference, mirrorOnce, toDo, VIP, VIP_ID, wants } from "./member-rows.js";

const ann = wants(VIP, "ann", { keys: "a" });

it("compares in a store that is only read, and begins nothing", async () => {
  const tables = emptyTables();
  await mirrorOnce(memoryStore(tables), [ann]);
  const store = readOnly(memoryStore(tables));
  expect(await store.members.audiences()).toMatchObject([{ target: VIP, rows: 1 }]);
  expect(await toDo(store, [])).toEqual(["- ann a"]);
  const found = await difference(store, []);
  await expect(found.begin(2, [VIP])).rejects.toThrow(TypeError);
  expect(await toDo(store, [ann])).toEqual([]);
  await expect(store.members.keeperOf(VIP_ID)).rejects.toThrow(TypeError);
});

it("gathers in a store that is only read as in any other", async () => {
  const staging = await readOnly(memoryStore()).members.stage();
  await staging.add([ann, ann]);
  expect(await staging.targets()).toEqual([VIP]);
  expect(await staging.repeated()).toEqual({ count: 1, examples: ["ann"] });
  await staging.close();
  expect(await staging.targets()).toEqual([]);
});
