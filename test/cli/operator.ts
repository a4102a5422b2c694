/** The world of an operator's command: a folder with a store of earlier runs in it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { StoreOptions } from "../../src/store/duckdb/open-store.js";
import type { Store } from "../../src/store/store.js";
import { cli, type CliRun } from "../e2e/cli.js";
import { T0 } from "../store/rows.js";
import { opened } from "../store/world.js";

/** A folder of one test's own. */
export interface Operator {
  readonly folder: string;
  /** Where a store lies unless somebody says otherwise. */
  readonly file: string;
  /** Fills a store as runs would. */
  readonly given: (
    fill: (store: Store) => Promise<unknown>,
    differs?: Partial<StoreOptions>,
  ) => Promise<void>;
  /** Runs a command an hour after the first run. */
  readonly run: (...argv: readonly string[]) => Promise<CliRun>;
  /** What is found in the store. */
  readonly found: <T>(look: (store: Store) => Promise<T>) => Promise<T>;
  readonly end: () => Promise<void>;
}

export const NOW = T0 + 3_600_000;

export async function operator(): Promise<Operator> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-operator-"));
  const file = path.join(folder, ".retl", "state.duckdb");
  const within = async <T>(
    work: (store: Store) => Promise<T>,
    { file: given = file, ...differs }: Partial<StoreOptions> = {},
  ): Promise<T> => {
    const store = await opened(given, differs);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  return {
    folder,
    file,
    given: async (fill, differs) => {
      await within(fill, differs);
    },
    run: (...argv) => cli(argv, { cwd: folder, now: NOW }),
    found: (look) => within(look),
    end: () => rm(folder, { recursive: true }),
  };
}
