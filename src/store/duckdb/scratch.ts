/** A database file of its own beside the engine, for what is gathered and compared. */
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { sqlText } from "../../sources/engine.js";
import type { Scratch, Transaction } from "../sql/database.js";
import { SCRATCH } from "./catalogs.js";
import type { DuckdbDatabase } from "./database.js";

/**
 * A comparison holds millions of ids against each other; all else that a store does is small, or done in
 * passes, and a second thread would only take more of the machine for it.
 */
const ROOMY = { memory_limit: "1GB", threads: "2" };
const USUAL = { memory_limit: "64MB", threads: "1" };

/** How the engine of a store starts: with the room that is enough for most. */
export const USUAL_SETTINGS: Readonly<Record<string, string>> = {
  ...USUAL,
  // The order of rows is in their columns.
  preserve_insertion_order: "false",
};

type Run = (sql: string) => Promise<unknown>;

/**
 * Room for comparisons. A file holds columns in a third of the memory that a temporary table takes, of
 * which each statement reads a few.
 *
 * @param folder the engine's own, which is removed with it
 */
export function duckdbScratch(database: DuckdbDatabase, folder: string): Scratch {
  const file = path.join(folder, "scratch.duckdb");
  let isOpen = false;
  const close = async (run: Run) => {
    if (!isOpen) return;
    isOpen = false;
    await run("USE store");
    await run(`DETACH ${SCRATCH}`);
    await rm(file, { force: true });
    await set(run, USUAL);
  };
  return {
    open: () =>
      database.apart(async (run) => {
        await close(run);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await set(run, ROOMY);
        await run(`ATTACH ${sqlText(file)} AS ${SCRATCH}`);
        await run(`SET search_path = 'store,${SCRATCH}'`);
        isOpen = true;
      }),
    create: (table) => `CREATE TABLE ${SCRATCH}.main.${table}`,
    // The engine knows of each piece of a column from where to where it goes.
    inRanges: () => [],
    work: (name, work) => database.transaction(name, work),
    close: () => (isOpen ? database.apart(close) : Promise.resolve()),
  };
}

async function set(run: Run, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await run(`SET GLOBAL ${name} = '${value}'`);
}

/** Gives a statement in a transaction the room of a comparison, for as long as it takes. */
export async function withRoom<T>(
  { run, rows }: Pick<Transaction, "run" | "rows">,
  work: () => Promise<T>,
): Promise<T> {
  const [before] = await rows("SELECT current_setting('threads') AS threads");
  await set(run, ROOMY);
  try {
    return await work();
  } finally {
    // A scratch that is open goes on with its room.
    if (before?.["threads"] === USUAL.threads) await set(run, USUAL);
  }
}
