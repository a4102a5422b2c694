/** Checks one file: a mapping with its examples, or a sync file with all that it names. */
import path from "node:path";
import { runExamples } from "../checks/examples.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { entryOf, readYaml } from "../core/yaml.js";
import { readMapping } from "../mapping/read-mapping.js";
import { checkSyncSource } from "../sync/check-source.js";
import type { Io } from "./io.js";
import { loadRun, missingFile } from "./load-run.js";
import type { CommonOptions } from "./run-options.js";
import type { Talk } from "./talk.js";

/** Everything there is to say about a file; nothing is sent and no credential resolved. */
export async function checkFile(
  file: string,
  options: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<readonly Diagnostic[]> {
  const text = await io.readFile(path.resolve(io.cwd, file)).catch(() => undefined);
  if (text === undefined) return [missingFile(file)];
  talk.remember(file, text);
  return isSyncFile(text, file) ? checkSync(file, options, io, talk) : checkMapping(text, file);
}

/** By the keys that only one kind has; what is neither is read as a mapping, which says so. */
function isSyncFile(text: string, file: string): boolean {
  const { root } = readYaml(text, file);
  if (root?.kind !== "map" || entryOf(root, "mapping")?.value.kind === "scalar") return false;
  return ["sync", "source", "destination"].some((key) => entryOf(root, key) !== undefined);
}

function checkMapping(text: string, file: string): readonly Diagnostic[] {
  const { mapping, diagnostics } = readMapping(text, file);
  return mapping === undefined ? diagnostics : [...diagnostics, ...runExamples(mapping)];
}

async function checkSync(
  file: string,
  options: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<readonly Diagnostic[]> {
  const { run, diagnostics } = await loadRun({ kind: "sync", file }, options, io, talk);
  if (run?.sync === undefined) return diagnostics;
  const { sync, mapping } = run;
  return [...diagnostics, ...runExamples(mapping), ...(await checkSyncSource(sync, mapping))];
}
