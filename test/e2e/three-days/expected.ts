/** What Meta must hold of the sample on some day, and a store to get there with. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { openDuckdbStore } from "../../../src/store/duckdb/open-store.js";
import type { Store } from "../../../src/store/store.js";
import type { MirrorWorld } from "../../sync/mirror/world.js";
import type { Day, Story } from "./story.js";

/** A store in a file, which is gone after the test. */
export async function duckdbStore(): Promise<Store> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-three-days-store-"));
  const place = { file: path.join(folder, "state.duckdb"), origin: "graph" } as const;
  const opened = await openDuckdbStore({ ...place, createSalt: () => "salt" });
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(async () => {
    await opened.value.close();
    await rm(folder, { recursive: true });
  });
  return opened.value;
}

/** What Meta holds: audiences and their cells. */
export function heldCells(world: MirrorWorld): readonly (readonly string[])[] {
  return world.emulator
    .state()
    .audiences.flatMap(({ name, held: cells }) =>
      cells.map(({ identifier }) => [name, identifier]),
    );
}

export function sorted(list: readonly unknown[]): readonly string[] {
  return list.map((row) => JSON.stringify(row)).sort();
}

/** Meta holds what the oracle says. */
export async function expectWhole(story: Story, world: MirrorWorld, day: Day): Promise<void> {
  expect(sorted(heldCells(world))).toEqual(sorted(await story.cells(day)));
}
