/** Opens a store for an operator's command, and closes it after. */
import path from "node:path";
import { loadConfigSources } from "../config/load-config-sources.js";
import { fail, ok, type Result } from "../core/result.js";
import { memoryStore } from "../store/memory/memory-store.js";
import type { Store } from "../store/store.js";
import type { Io } from "./io.js";
import {
  chosenStore,
  missingStore,
  nameOf,
  openExisting,
  placeOf,
  readStore,
  WHERE_STORES_ARE,
  type StorePlace,
} from "./open-store.js";
import type { CommonOptions } from "./run-options.js";
import { Talk } from "./talk.js";

/** What a command on a store works with. */
export interface StoreWork {
  readonly store: Store;
  readonly options: Pick<CommonOptions, "json">;
  readonly io: Pick<Io, "stdout" | "clock" | "columns">;
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
  const place = await storePlace(options, io, talk);
  if (!place.ok) return place.error;
  const opened = await (access === "write" ? openExisting(place.value) : readStore(place.value));
  if (!opened.ok) return talk.fault(opened.error);
  if (opened.value === undefined) {
    const name = nameOf(place.value);
    if (access !== "read_or_nothing") return talk.fault(missingStore(name));
    await talk.note(`There is no store at \`${name}\` yet. ${WHERE_STORES_ARE}`);
  }
  const store = opened.value ?? memoryStore();
  try {
    return await body({ store, options, io, talk });
  } finally {
    await store.close();
  }
}

/**
 * Where the store lies; what keeps it from being known is said, and gives the exit code. Files of variables are read for a
 * store that is named by one, and for no other.
 */
async function storePlace(
  { store, configFile, envFile }: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<Result<StorePlace, number>> {
  const chosen = chosenStore(store, undefined, undefined, io);
  const readFile = (file: string) => io.readFile(path.resolve(io.cwd, file));
  const sources =
    chosen.ok && chosen.value.kind === "variable"
      ? await loadConfigSources({ env: io.env, readFile, configFile, envFile })
      : ok({ env: {} });
  if (!sources.ok) return fail(await talk.diagnostics(sources.error));
  const place = chosen.ok ? placeOf(chosen.value, sources.value.env) : chosen;
  return place.ok ? place : fail(await talk.fault(place.error));
}
