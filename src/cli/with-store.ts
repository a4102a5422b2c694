/** Opens a store for an operator's command, and closes it after. */
import { ok, type Result } from "../core/result.js";
import { memoryStore } from "../store/memory/memory-store.js";
import type { StoreFault } from "../store/store-fault.js";
import type { Store } from "../store/store.js";
import type { Io } from "./io.js";
import { openStore, readStore, storeFile } from "./open-store.js";
import type { CommonOptions } from "./run-options.js";
import { Talk } from "./talk.js";

/** What a command on a store works with. */
export interface StoreWork {
  readonly store: Store;
  readonly options: Pick<CommonOptions, "json">;
  readonly io: Pick<Io, "stdout" | "clock">;
  readonly talk: Talk;
}

/** What a command does with a store; gives the exit code. */
export type StoreBody = (work: StoreWork) => Promise<number>;

/** What a command wants of a store; `read_or_nothing` can do without one. */
export type StoreAccess = "read" | "read_or_nothing" | "write";

/**
 * Runs a command on the store of the working directory, or the one that was given, whosever truth it
 * holds. An operator's word makes no store.
 */
export async function withStore(
  options: CommonOptions,
  access: StoreAccess,
  io: Io,
  body: StoreBody,
): Promise<number> {
  const talk = new Talk(io, options.json, options.quiet);
  const file = storeFile(options.store, undefined, undefined, io);
  const opened = await (access === "write" ? openExisting(file) : readStore({ file }));
  if (!opened.ok) return talk.fault(opened.error);
  if (opened.value === undefined) {
    if (access !== "read_or_nothing") return talk.fault(missing(file));
    await talk.note(`There is no store at \`${file}\` yet; \`sync\` makes one.`);
  }
  const store = opened.value ?? memoryStore();
  try {
    return await body({ store, options, io, talk });
  } finally {
    await store.close();
  }
}

function missing(file: string): StoreFault {
  return {
    code: "store.missing",
    message: `there is no store at \`${file}\``,
    remedy:
      "`sync` makes one when it runs; --store names another one, such as an emulator's: .retl/emulator.duckdb.",
  };
}

/** Opening to write would make what is missing. */
async function openExisting(file: string): Promise<Result<Store | undefined, StoreFault>> {
  const found = await readStore({ file });
  if (!found.ok && found.error.code !== "store.older") return found;
  if (found.ok && found.value === undefined) return ok(undefined);
  if (found.ok) await found.value?.close();
  return openStore({ file });
}
