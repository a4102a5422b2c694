/** Checks one file: a mapping with its examples, or a sync file with all that it names. */
import path from "node:path";
import { checkMapping } from "../checks/check-mapping.js";
import { ALONE } from "../checks/registry.js";
import { configValues } from "../config/binding.js";
import { inOrder, type Diagnostic } from "../core/diagnostic.js";
import { entryOf, readYaml } from "../core/yaml.js";
import type { SyncFile } from "../config/sync-file.js";
import type { CheckedMapping } from "../mapping/form.js";
import { readMapping } from "../mapping/read-mapping.js";
import { checkSyncSource } from "../sync/check-source.js";
import { declaredFacts } from "../sync/declared-facts.js";
import type { Io } from "./io.js";
import { loadRun, missingFile } from "./load-run.js";
import type { CommonOptions } from "./run-options.js";
import type { Talk } from "./talk.js";

/** A file that was read, as far as it is sound. */
export interface CheckedFile {
  readonly diagnostics: readonly Diagnostic[];
  /** The mapping that it is, or that it names; `undefined` when either is broken. */
  readonly mapping: CheckedMapping | undefined;
  /** Of a sync file. */
  readonly sync: SyncFile | undefined;
}

/** Everything there is to say about a file; nothing is sent and no credential resolved. */
export async function checkFile(
  file: string,
  options: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<CheckedFile> {
  const text = await io.readFile(path.resolve(io.cwd, file)).catch(() => undefined);
  if (text === undefined) return broken([missingFile(file)]);
  talk.remember(file, text);
  return isSyncFile(text, file) ? checkSync(file, options, io, talk) : checkAlone(text, file);
}

/** By the keys that only one kind has; what is neither is read as a mapping, which says so. */
function isSyncFile(text: string, file: string): boolean {
  const { root } = readYaml(text, file);
  if (root?.kind !== "map" || entryOf(root, "mapping")?.value.kind === "scalar") return false;
  return ["sync", "source", "destination"].some((key) => entryOf(root, key) !== undefined);
}

function broken(diagnostics: readonly Diagnostic[]): CheckedFile {
  return { diagnostics, mapping: undefined, sync: undefined };
}

function checkAlone(text: string, file: string): CheckedFile {
  const { mapping, diagnostics } = readMapping(text, file);
  if (mapping === undefined) return broken(diagnostics);
  const found = checkMapping(mapping, ALONE);
  return { diagnostics: inOrder([...diagnostics, ...found]), mapping, sync: undefined };
}

async function checkSync(
  file: string,
  options: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<CheckedFile> {
  const { run, diagnostics } = await loadRun({ kind: "sync", file }, options, io, talk);
  if (run?.sync === undefined) return broken(diagnostics);
  const { sync, mapping, binding } = run;
  const context = { config: configValues(binding), facts: declaredFacts(sync.declaration) };
  const found = [...checkMapping(mapping, context), ...(await checkSyncSource(sync, mapping))];
  return { diagnostics: inOrder([...diagnostics, ...found]), mapping, sync };
}
