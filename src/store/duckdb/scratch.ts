/** A database file of its own beside the engine, for what is gathered and compared. */
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { sqlText } from "../../sources/engine.js";
import type { Engine, Scratch } from "../sql/database.js";
import { DERIVED, SCRATCH } from "./catalogs.js";
import type { DuckdbDatabase, Run } from "./database.js";
import { derivations, packAgain } from "./derivations.js";

/**
 * A comparison holds millions of ids against each other; all else that a store does is small, or done in
 * passes, and a second thread would only take more of the machine for it. Ids of ten
 * million rows of either side fit; of more, the engine spills what it has to.
 */
const ROOMY = { memory_limit: "2GB", threads: "2" };
/** What is gathered is packed in larger pieces: each time the engine packs the last of them anew. */
const GATHERING = { ...ROOMY, wal_autocheckpoint: "256MB" };
const USUAL = { memory_limit: "64MB", threads: "1" };

/** How the engine of a store starts: with the room that is enough for most. */
export const USUAL_SETTINGS: Readonly<Record<string, string>> = {
  ...USUAL,
  // The order of rows is in their columns.
  preserve_insertion_order: "false",
};

const searched = (...rooms: readonly string[]) =>
  `SET search_path = '${["store", ...rooms].join(",")}'`;

/** Room for comparisons, and the memory that goes with it. */
export interface DuckdbScratch extends Scratch, Pick<Engine, "withRoom"> {}

/**
 * Room for comparisons, in two files. A file holds columns in a third of the memory that a temporary table
 * takes, of which each statement reads a few. As rows are gathered, the engine's log is what makes it write
 * them there. Tables that are made of these go without: nobody recovers them, and packing them takes a fifth
 * of the time of a comparison. They have a file of their own, since the log is a matter of a whole file:
 * to open that of the gathered rows anew would pack what is left of them, and forget what was read.
 *
 * @param folder the engine's own, which is removed with it
 */
export function duckdbScratch(database: DuckdbDatabase, folder: string): DuckdbScratch {
  const attach = (room: string) => `ATTACH ${sqlText(fileIn(folder, room))} AS ${room}`;
  let rooms: readonly string[] = [];
  const close = async (run: Run) => {
    const closed = rooms;
    if (closed.length === 0) return;
    rooms = [];
    await giveUp(run, folder, closed);
    await packAgain(run);
    await giveBack(run);
  };
  const attachWithoutLog = async (run: Run) => {
    await run(`${attach(DERIVED)} (RECOVERY_MODE no_wal_writes)`);
    rooms = [SCRATCH, DERIVED];
    await run(searched(...rooms));
  };
  const { derive, end } = derivations(database, attachWithoutLog);
  return {
    open: () => {
      end();
      return database.apart(async (run) => {
        await close(run);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await set(run, GATHERING);
        await run(attach(SCRATCH));
        rooms = [SCRATCH];
        await run(searched(...rooms));
      });
    },
    create: (table) => `CREATE TABLE ${rooms.at(-1) ?? SCRATCH}.main.${table}`,
    // The engine knows of each piece of a column from where to where it goes.
    inRanges: () => [],
    work: (name, work) => database.transaction(name, work),
    derive,
    close: () => {
      end();
      return rooms.length > 0 ? database.apart(close) : Promise.resolve();
    },
    withRoom: async (transaction, work) => {
      await set((sql) => transaction.run(sql), ROOMY);
      // Behind this transaction: until it ends the engine may have no less than it needs.
      const after = (apart: Run) => (rooms.length > 0 ? Promise.resolve() : giveBack(apart));
      void database.apart(after).catch(() => undefined);
      return work();
    },
  };
}

function fileIn(folder: string, room: string): string {
  return path.join(folder, `${room}.duckdb`);
}

/** Removes rooms and their files; what is given up is not packed before. */
async function giveUp(run: Run, folder: string, rooms: readonly string[]): Promise<void> {
  await run("USE store");
  await run("PRAGMA disable_checkpoint_on_shutdown");
  try {
    for (const room of rooms) {
      await run(`DETACH ${room}`);
      const file = fileIn(folder, room);
      for (const one of [file, `${file}.wal`]) await rm(one, { force: true });
    }
  } finally {
    await run("PRAGMA enable_checkpoint_on_shutdown");
  }
}

/** What the engine cannot spare it keeps: of many rows it remembers which are deleted. */
async function giveBack(run: Run): Promise<void> {
  await set(run, USUAL).catch(() => undefined);
}

async function set(run: Run, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await run(`SET GLOBAL ${name} = '${value}'`);
}
