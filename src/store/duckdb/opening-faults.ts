/** Why a store's file cannot be opened, each with its remedy. */
import { newerSchema } from "../sql/meta-faults.js";
import type { StoreFault } from "../store-fault.js";

/** Another process, or another part of this one, works on it. */
export function inUse(file: string, holder: string): StoreFault {
  return {
    code: "store.in_use",
    message: `the store \`${file}\` is in use by ${holder}`,
    remedy:
      "Wait until that run has ended, or stop it: a store in a file is open to one process at a time. One on PostgreSQL can be looked at while a run writes to it.",
  };
}

/** The file is a database of somebody else's. */
export function foreign(file: string): StoreFault {
  return {
    code: "store.foreign",
    message: `\`${file}\` is a database, but no store of retl-meta`,
    remedy: "Give the path of another file; a store is made where there is none.",
  };
}

/** The file, or the folder that it is to lie in, cannot be made. */
export function unwritable(file: string, error: unknown): StoreFault {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return {
    code: "store.unwritable",
    message: `the store \`${file}\` cannot be made: ${code}`,
    remedy: "Check its path and who may write there, or give another --store.",
  };
}

/** The store's bytes are not what they were when they were written. */
export function damaged(file: string): StoreFault {
  return {
    code: "store.unreadable",
    message: `\`${file}\` is no DuckDB database, or it is damaged`,
    remedy: "Give the path of another file, or restore it from a backup.",
  };
}

/** What the engine says when the file is no whole database. */
const DAMAGED = /not a valid DuckDB database|[Cc]orrupt|Could not read enough bytes|replaying WAL/;

/** What the system says, which names nothing. */
const SYSTEM =
  /: (Permission denied|Is a directory|Not a directory|No such file or directory|No space left on device|Read-only file system)/i;

/** What the engine says, told by its words; they are not shown, since they may quote data. */
export function openingFault(file: string, error: unknown): StoreFault {
  const said = error instanceof Error ? error.message : "";
  if (/Could not set lock|used by another process/.test(said)) return inUse(file, holderOf(said));
  if (DAMAGED.test(said)) return damaged(file);
  // Another format of the engine's own: `… we can only read versions between 64 and 67`.
  if (said.includes("version number")) return newerSchema(file);
  const why = SYSTEM.exec(said)?.[1];
  return {
    code: "store.unreadable",
    message: `the store \`${file}\` cannot be opened${why === undefined ? "" : `: ${why.toLowerCase()}`}`,
    remedy: "Check its path, its rights, and that its disk has room.",
  };
}

/** The engine names the program and its id, where the system tells it: `held in /usr/bin/node (PID 7)`. */
function holderOf(said: string): string {
  const [, program = "", id = ""] = /(?:held in|open in)\s*(.*?)\s*\(PID (\d+)\)/s.exec(said) ?? [];
  if (id === "") return "another process";
  return program === "" ? `process ${id}` : `process ${id} (${program})`;
}
