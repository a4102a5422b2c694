/** Checks one file: a mapping with its examples, or a sync file with all that it names. */
import { checkMapping } from "../checks/check-mapping.js";
import { ALONE } from "../checks/registry.js";
import { configValues } from "../config/binding.js";
import { fileKind } from "../config/file-kind.js";
import { inOrder, type Diagnostic } from "../core/diagnostic.js";
import { readYaml, type YamlReading } from "../core/yaml.js";
import type { SyncFile } from "../config/sync-file.js";
import type { CheckedMapping } from "../mapping/form.js";
import { readMappingTree } from "../mapping/read-mapping.js";
import { checkSyncSource } from "../sync/check-source.js";
import { declaredFacts } from "../sync/declared-facts.js";
import type { Io } from "./io.js";
import { loadRun } from "./load-run.js";
import { readGiven } from "./read-given.js";
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
  const text = await readGiven(file, io);
  if (!text.ok) return broken([text.error]);
  talk.remember(file, text.value);
  const yaml = readYaml(text.value, file);
  return fileKind(yaml.root) === "sync"
    ? checkSync(file, options, io, talk)
    : checkAlone(yaml, file);
}

function broken(diagnostics: readonly Diagnostic[]): CheckedFile {
  return { diagnostics, mapping: undefined, sync: undefined };
}

function checkAlone(yaml: YamlReading, file: string): CheckedFile {
  const { mapping, diagnostics } = readMappingTree(yaml, file);
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
