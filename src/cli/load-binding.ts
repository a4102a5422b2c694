/** Reads a binding without its mapping: for commands that ask Meta and send nothing. */
import path from "node:path";
import type { Binding } from "../config/binding.js";
import { readBindingFile, type BindingDeclaration } from "../config/binding-declaration.js";
import type { ConfigSources } from "../config/config-sources.js";
import { loadConfigSources } from "../config/load-config-sources.js";
import { readSyncFile } from "../config/read-sync-file.js";
import { resolveBinding } from "../config/resolve-binding.js";
import { surfaceOf } from "../config/sync-file.js";
import type { StoreReference } from "../config/store-reference.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Surface } from "../core/outcome.js";
import { fail, ok, type Result } from "../core/result.js";
import type { Io } from "./io.js";
import { readGiven } from "./read-given.js";
import type { CommonOptions } from "./run-options.js";
import type { Talk } from "./talk.js";

/** The file that holds a binding. */
export interface BindingSource {
  readonly kind: "sync" | "binding";
  readonly file: string;
}

/** A binding and what is delivered with it. */
export interface LoadedBinding {
  readonly binding: Binding;
  readonly surfaces: readonly Surface[];
  /** The store that the file names, if it names one. */
  readonly declared: StoreReference | undefined;
  readonly variables: ConfigSources["env"];
}

/** What is in the command's way is said; then there is an exit code in the place of the binding. */
export async function loadBinding(
  source: BindingSource,
  options: Pick<CommonOptions, "configFile" | "envFile">,
  io: Io,
  talk: Talk,
): Promise<Result<LoadedBinding, number>> {
  const read = await readBinding(source, options, io, talk);
  return read.ok ? read : fail(await talk.diagnostics(read.error));
}

/** Where the store of nobody in particular may be named: in the variables; else the exit code. */
export async function loadVariables(
  options: Pick<CommonOptions, "configFile" | "envFile">,
  io: Io,
  talk: Talk,
): Promise<Result<ConfigSources["env"], number>> {
  const sources = await readSources(options, io);
  return sources.ok ? ok(sources.value.env) : fail(await talk.diagnostics(sources.error));
}

function readSources(
  { configFile, envFile }: Pick<CommonOptions, "configFile" | "envFile">,
  io: Io,
): ReturnType<typeof loadConfigSources> {
  const readFile = (name: string) => io.readFile(path.resolve(io.cwd, name));
  return loadConfigSources({ env: io.env, readFile, configFile, envFile });
}

async function readBinding(
  { kind, file }: BindingSource,
  options: Pick<CommonOptions, "configFile" | "envFile">,
  io: Io,
  talk: Talk,
): Promise<Result<LoadedBinding, readonly Diagnostic[]>> {
  const sources = await readSources(options, io);
  if (!sources.ok) return sources;
  const text = await readGiven(file, io);
  if (!text.ok) return fail([text.error]);
  talk.remember(file, text.value);
  const directory = path.dirname(path.resolve(io.cwd, file));
  const { env: variables } = sources.value;
  if (kind === "sync") {
    const sync = readSyncFile(text.value, file, directory, sources.value);
    if (!sync.ok) return sync;
    const { declaration, binding, store } = sync.value;
    return resolved(binding, surfaceOf(declaration), sources.value, store, variables);
  }
  const declaration = readBindingFile(text.value, file, directory);
  if (!declaration.ok) return declaration;
  return resolved(declaration.value, undefined, sources.value, undefined, variables);
}

function resolved(
  declaration: BindingDeclaration,
  surface: Surface | undefined,
  sources: ConfigSources,
  declared: StoreReference | undefined,
  variables: ConfigSources["env"],
): Result<LoadedBinding, readonly Diagnostic[]> {
  // Audiences ask for less: a binding file serves whatever mapping it is used with.
  const binding = resolveBinding(declaration, surface ?? "custom_audiences", sources);
  if (!binding.ok) return binding;
  const surfaces = surface === undefined ? surfacesOf(binding.value) : [surface];
  return ok({
    binding: binding.value,
    surfaces,
    declared: declared ?? binding.value.store,
    variables,
  });
}

/** What a binding file is for, by what it names. */
function surfacesOf({ config, targets }: Binding): readonly Surface[] {
  const events = config.pixelId !== undefined || config.eventRoutes.size > 0;
  if (!events) return ["custom_audiences"];
  return targets.size > 0 ? ["custom_audiences", "events"] : ["events"];
}
