/** A store that a benchmark measures: what the port opens, with a way to ask its engine directly. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DuckdbDatabase } from "../src/store/duckdb/database.js";
import { duckdbStore } from "../src/store/duckdb/duckdb-store.js";
import { duckdbScratch } from "../src/store/duckdb/scratch.js";
import { openToWrite } from "../src/store/duckdb/store-file.js";
import type { Staging } from "../src/store/members.js";
import type { Store } from "../src/store/store.js";
import { people, TARGET, type Changed } from "./people.js";
import type { Stopwatch } from "./stopwatch.js";

export const SYNC = "vip_customers";
export const AUDIENCE_ID = "7001";
export const AUDIENCE = { target: TARGET, audienceId: AUDIENCE_ID, trustedSince: 0 };

export interface BenchStore {
  readonly store: Store;
  /** The engine that the store works with, in its usual settings. */
  readonly database: DuckdbDatabase;
}

/** Opens a store that is there. */
export async function openBenchStore(file: string): Promise<BenchStore> {
  const opened = await openToWrite(file);
  if (!opened.ok) throw new Error(opened.error.message);
  const database = new DuckdbDatabase(opened.value.connection);
  const scratch = duckdbScratch(database, opened.value.folder);
  const close = () => database.close(opened.value.close);
  return { database, store: duckdbStore(database, "salt", { ahead: false, scratch, close }) };
}

/** People that are given to the store at once. */
const AT_ONCE = 10_000;

/** Stages so many people; only the store's part of it is timed. */
export async function stagePeople(
  { members }: Pick<Store, "members">,
  { count, every }: Changed & { readonly count: number },
  watch: Stopwatch,
): Promise<Staging> {
  const staging = await members.stage();
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = people({ from, to: Math.min(from + AT_ONCE, count) }, { every });
    await watch.time("stage", () => staging.add(some));
  }
  return staging;
}

/** Does something with a store in which so many people are held. It is made by a process of its own. */
export async function withHeldStore<T>(
  count: number,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-bench-"));
  const file = path.join(folder, "state.duckdb");
  try {
    const ended: unknown[] = await once(fork(HELD_STORE, [file, String(count)]), "exit");
    if (ended[0] !== 0) throw new Error("the store was not made");
    return await work(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const HELD_STORE = fileURLToPath(new URL("held-store.ts", import.meta.url));
