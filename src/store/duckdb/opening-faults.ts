/** Why a store's file cannot be opened, each with its remedy. */
import type { StoreFault } from "../store-fault.js";
import type { StoreOrigin } from "../store.js";

/** Another process, or another part of this one, works on it. */
export function inUse(file: string, holder: string): StoreFault {
  return {
    code: "store.in_use",
    message: `the store \`${file}\` is in use by ${holder}`,
    remedy: "Wait until that run has ended, or stop it; or give this one another --store.",
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

/** A store of a later version. */
export function newerSchema(file: string): StoreFault {
  return {
    code: "store.newer",
    message: `the store \`${file}\` was written by a newer retl-meta`,
    remedy: "Update this one, or give another --store.",
  };
}

/** A store that only a writing command brings up to date. */
export function olderSchema(file: string): StoreFault {
  return {
    code: "store.older",
    message: `the store \`${file}\` was written by an older retl-meta`,
    remedy: "The next `sync` brings it up to date.",
  };
}

/** What one Meta acknowledged is nothing that another one knows. */
export function otherOrigin(file: string, held: StoreOrigin, wanted: StoreOrigin): StoreFault {
  return {
    code: "store.origin",
    message: `the store \`${file}\` belongs to ${nameOf(held)}, not to ${nameOf(wanted)}`,
    remedy:
      held === "graph"
        ? "Give the emulator a store of its own with --store."
        : "Delete it if that emulator is gone, or give another --store.",
  };
}

function nameOf(origin: StoreOrigin): string {
  return origin === "graph" ? "Meta" : `the emulator ${origin.slice("emulator:".length)}`;
}

/** What the engine says, told by its words; they are not shown, since they may quote data. */
export function openingFault(file: string, error: unknown): StoreFault {
  const said = error instanceof Error ? error.message : "";
  const lock = /Conflicting lock is held in (.+?) \(PID (\d+)\)/.exec(said);
  if (lock !== null) return inUse(file, `process ${lock[2] ?? ""} (${lock[1] ?? ""})`);
  if (/not a valid DuckDB database|not a database/i.test(said))
    return {
      code: "store.unreadable",
      message: `\`${file}\` is no DuckDB database, or it is damaged`,
      remedy: "Give the path of another file, or restore it from a backup.",
    };
  return {
    code: "store.unreadable",
    message: `the store \`${file}\` cannot be opened`,
    remedy: "Check its path, its rights, and that its disk has room.",
  };
}
