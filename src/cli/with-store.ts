/** Opens a store for an operator's command, and closes it after. */
import { ok, type Result } from "../core/result.js";
import { memoryStore } from "../store/memory/memory-store.js";
import type { StoreFault } from "../store/store-fault.js";
import type { Store } from "../store/store.js";
import { EXIT } from "./exit-codes.js";
import type { Io } from "./io.js";
import { openStore, readStore, storeFile } from "./open-store.js";
import type { CommonOptions } from "./run-options.js";
import { Talk } from "./talk.js";

/** What a command on a store works with. */
export interface StoreWork {
  readonly store: Store;
  readonly options: CommonOptions;
  readonly io: Io;
  readonly talk: Talk;
}

/** What a command does with a store; gives the exit code. */
export type StoreBody = (work: StoreWork) => Promise<number>;

/**
 * Runs a command on the store of the working directory, or the one that was given, whosever truth it
 * holds. Where there is none, reading finds nothing, and there is nothing to change.
 */
export async function withStore(
  options: CommonOptions,
  mode: "read" | "write",
  io: Io,
  body: StoreBody,
): Promise<number> {
  const talk = new Talk(io, options.json, options.quiet);
  const file = storeFile(options.store, undefined, undefined, io);
  const opened = mode === "read" ? await readStore({ file }) : await openExisting(file);
  if (!opened.ok) {
    const { code, message, remedy } = opened.error;
    await talk.error(code, message, remedy);
    return EXIT.badInput;
  }
  if (opened.value === undefined) {
    const missing = `There is no store at \`${file}\`; the first \`sync\` makes one.`;
    if (mode === "write") return talk.usage(missing);
    await talk.note(missing);
  }
  const store = opened.value ?? memoryStore();
  try {
    return await body({ store, options, io, talk });
  } finally {
    await store.close();
  }
}

/** An operator's word makes no store. */
async function openExisting(file: string): Promise<Result<Store | undefined, StoreFault>> {
  const found = await readStore({ file });
  if (!found.ok && found.error.code !== "store.older") return found;
  if (found.ok && found.value === undefined) return ok(undefined);
  if (found.ok) await found.value?.close();
  return openStore({ file });
}

/** Prints JSON as one line, or text, redacted. */
export async function print(
  { io, options, talk }: Pick<StoreWork, "io" | "options" | "talk">,
  json: () => unknown,
  text: () => string,
): Promise<void> {
  await io.stdout(options.json ? `${JSON.stringify(json())}\n` : talk.redacted(text()));
}
