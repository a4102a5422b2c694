import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { openDuckdbStore } from "../../src/store/duckdb/open-store.js";
import { temporaryFolder } from "./world.js";

const engine = vi.hoisted(() => ({ starts: true }));

vi.mock(import("../../src/sources/engine.js"), async (original) => {
  const real = await original();
  return {
    ...real,
    startEngine: (...given) =>
      engine.starts ? real.startEngine(...given) : Promise.reject(new Error("Out of memory")),
  };
});

it("a store whose engine could not start can be opened later", async () => {
  const folder = await temporaryFolder();
  const options = { file: path.join(folder, "state.duckdb"), createSalt: () => "salt" } as const;
  engine.starts = false;
  expect(await openDuckdbStore(options)).toMatchObject({ ok: false });
  engine.starts = true;
  const opened = await openDuckdbStore(options);
  expect(opened.ok).toBe(true);
  if (opened.ok) await opened.value.close();
  await rm(folder, { recursive: true });
});
