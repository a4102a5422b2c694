/** The file of a store: its place, its rights, and that one process at a time has it open. */
import { statSync } from "node:fs";
import { chmod, mkdir, realpath, rm } from "node:fs/promises";
import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { fail, ok, type Result } from "../../core/result.js";
import { sqlText, startEngine, type Engine } from "../../sources/engine.js";
import type { StoreFault } from "../store-fault.js";
import { USUAL_SETTINGS } from "./scratch.js";
import { inUse, openingFault, unwritable } from "./opening-faults.js";

/** An open file. */
export interface StoreFile {
  /** Its tables are found without a prefix. */
  readonly connection: DuckDBConnection;
  /** For what does not outlive the opening. */
  readonly folder: string;
  /** Whether it was made just now. */
  readonly isNew: boolean;
  /** Once; nothing may be asked for after it. */
  readonly close: () => Promise<void>;
}

/**
 * Files that this process has open. The engine's lock is the system's, which does not hold between
 * two openings of one process, and is lost when the process closes any of them.
 */
const openFiles = new Set<string>();

/** Makes the file when it is missing, and opens it. */
export async function openToWrite(file: string): Promise<Result<StoreFile, StoreFault>> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    if (foundAt(file) === "empty") await rm(file);
    return await open(file, "READ_WRITE", foundAt(file) === "nothing");
  } catch (error) {
    return fail(unwritable(file, error));
  }
}

/** Opens the file only to read, and changes nothing; `undefined` when there is none. */
export async function openToRead(file: string): Promise<Result<StoreFile | undefined, StoreFault>> {
  try {
    return foundAt(file) === "something" ? await open(file, "READ_ONLY", false) : ok(undefined);
  } catch (error) {
    return fail(openingFault(file, error));
  }
}

/**
 * The engine makes its files with the rights of the process: the command line takes those of others
 * away from it, so that the log beside this file is closed to them as well.
 */
export async function closeToOthers(file: string): Promise<void> {
  await chmod(file, 0o600);
}

/** A process that was ended as it began to make the file leaves it empty. */
function foundAt(file: string): "nothing" | "empty" | "something" {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return "nothing";
  return found.isFile() && found.size === 0 ? "empty" : "something";
}

async function open(
  file: string,
  mode: "READ_WRITE" | "READ_ONLY",
  isNew: boolean,
): Promise<Result<StoreFile, StoreFault>> {
  const place = await placeOf(file);
  if (openFiles.has(place)) return fail(inUse(file, `this process (${String(process.pid)})`));
  openFiles.add(place);
  try {
    const engine = await startOn(file, mode);
    const close = async () => {
      await detach(engine);
      engine.close();
      openFiles.delete(place);
    };
    return ok({ connection: engine.connection, folder: engine.folder, isNew, close });
  } catch (error) {
    openFiles.delete(place);
    return fail(openingFault(file, error));
  }
}

/** An engine of its own for the file. Throws the engine's error. */
async function startOn(file: string, mode: "READ_WRITE" | "READ_ONLY"): Promise<Engine> {
  const engine = await startEngine(undefined, USUAL_SETTINGS, "open");
  try {
    await engine.connection.run(`ATTACH ${sqlText(file)} AS store (TYPE duckdb, ${mode})`);
    await engine.connection.run("USE store");
    return engine;
  } catch (error) {
    engine.close();
    throw error;
  }
}

/**
 * Detaching puts the log into the file and gives the lock back. Where the disk has no room for it,
 * the log stays, and the next opening reads it.
 */
async function detach({ connection }: Engine): Promise<void> {
  await connection.run("USE memory");
  await connection.run("DETACH store").catch(() => undefined);
}

/** One name for one file, whichever way leads to it, and also before it is there. */
async function placeOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
    return path.join(folder, path.basename(file));
  }
}
