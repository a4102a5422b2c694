/** Reads everything a run needs before its first record: files, binding, mapping. */
import path from "node:path";
import type { Binding } from "../config/binding.js";
import { readBindingFile, type BindingDeclaration } from "../config/binding-declaration.js";
import type { ConfigSources } from "../config/config-sources.js";
import { loadConfigSources } from "../config/load-config-sources.js";
import { mappingReference, type MappingReference } from "../config/mapping-reference.js";
import { readSyncFile } from "../config/read-sync-file.js";
import { declaredMapping, resolveBinding } from "../config/resolve-binding.js";
import { surfaceOf, type SyncFile } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Surface } from "../core/outcome.js";
import type { Result } from "../core/result.js";
import type { CheckedMapping } from "../mapping/form.js";
import { COMMAND_LINE } from "../report/diagnostics-text.js";
import { loadMapping } from "../sync/load-mapping.js";
import type { Io } from "./io.js";
import { readGiven } from "./read-given.js";
import type { CommonOptions, RunSource } from "./run-options.js";
import type { Talk } from "./talk.js";

/** What a run needs beside its records. */
export interface LoadedRun {
  readonly mapping: CheckedMapping;
  readonly binding: Binding;
  /** Of a sync file; a run over contract records has none. */
  readonly sync: SyncFile | undefined;
  /** Those of the process, and of the file that was given. */
  readonly variables: ConfigSources["env"];
}

/** A run, if nothing stands in its way, and everything there is to say about its files. */
export interface Loading {
  readonly run: LoadedRun | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads a run. All problems are found at once. */
export async function loadRun(
  source: RunSource,
  options: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<Loading> {
  const files = new RunFiles(io, talk);
  const sources = await loadConfigSources({
    env: io.env,
    readFile: (file) => io.readFile(path.resolve(io.cwd, file)),
    configFile: options.configFile,
    envFile: options.envFile,
  });
  if (!sources.ok) return refused(sources.error);
  return source.kind === "sync"
    ? files.syncRun(source.file, sources.value)
    : files.recordRun(source, sources.value);
}

function refused(diagnostics: readonly Diagnostic[]): Loading {
  return { run: undefined, diagnostics };
}

class RunFiles {
  constructor(
    private readonly io: Io,
    private readonly talk: Talk,
  ) {}

  async syncRun(file: string, sources: ConfigSources): Promise<Loading> {
    const text = await this.text(file);
    if (!text.ok) return refused([text.error]);
    const sync = readSyncFile(text.value, file, this.directoryOf(file), sources);
    if (!sync.ok) return refused(sync.error);
    return this.complete(sync.value.binding, sources, sync.value);
  }

  async recordRun(
    source: Extract<RunSource, { kind: "records" }>,
    sources: ConfigSources,
  ): Promise<Loading> {
    const text = await this.text(source.binding);
    if (!text.ok) return refused([text.error]);
    const declaration = readBindingFile(
      text.value,
      source.binding,
      this.directoryOf(source.binding),
    );
    if (!declaration.ok) return refused(declaration.error);
    const place = { kind: "value", source: COMMAND_LINE, path: "" } as const;
    const mapping = mappingReference(source.mapping, this.io.cwd, place);
    return this.complete({ ...declaration.value, mapping }, sources, undefined);
  }

  /** A sync file fixes the surface; for records the mapping does. */
  private async complete(
    declaration: BindingDeclaration,
    sources: ConfigSources,
    sync: SyncFile | undefined,
  ): Promise<Loading> {
    const reference = declaredMapping(declaration);
    const loaded =
      reference &&
      (await loadMapping(
        reference,
        (file) => this.io.readFile(file).catch(() => undefined),
        (file) => this.nearbyName(file),
      ));
    if (loaded !== undefined) this.talk.remember(loaded.file, loaded.text);
    const mapping = loaded?.mapping;
    const surface = sync === undefined ? mapping?.surface : surfaceOf(sync.declaration);
    const binding = surface && resolveBinding(declaration, surface, sources);
    const diagnostics = [
      ...(loaded?.diagnostics ?? []),
      ...(binding?.ok === false ? binding.error : []),
      ...(reference === undefined ? [] : surfaceProblems(reference, mapping, surface)),
    ];
    const fits = mapping !== undefined && mapping.surface === surface;
    if (!fits || binding?.ok !== true) return refused(diagnostics);
    const { env: variables } = sources;
    return { run: { mapping, binding: binding.value, sync, variables }, diagnostics };
  }

  /** Files at or below the working directory go by their relative path. */
  private nearbyName(file: string): string {
    const relative = path.relative(this.io.cwd, file);
    return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
  }

  private directoryOf(file: string): string {
    return path.dirname(path.resolve(this.io.cwd, file));
  }

  private async text(file: string): Promise<Result<string, Diagnostic>> {
    const text = await readGiven(file, this.io);
    if (text.ok) this.talk.remember(file, text.value);
    return text;
  }
}

function surfaceProblems(
  { place }: MappingReference,
  mapping: CheckedMapping | undefined,
  surface: Surface | undefined,
): readonly Diagnostic[] {
  if (mapping === undefined || mapping.surface === surface) return [];
  const [own, declared] =
    mapping.surface === "events" ? ["events", "`state`"] : ["audiences", "`event`"];
  return [
    {
      code: "sync.wrong_surface",
      severity: "error",
      message: `this mapping is for ${own}, and the sync declares ${declared}`,
      remedy: "Name a mapping for the other surface, or declare the other kind.",
      place,
    },
  ];
}
