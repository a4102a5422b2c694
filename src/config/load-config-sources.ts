/** The edge where the variables and files of a configuration are read. */
import type { Diagnostic } from "../core/diagnostic.js";
import type { JsonObject } from "../core/json.js";
import { fail, ok, type Result } from "../core/result.js";
import { DEFAULT_TOML_FILE, type ConfigSources } from "./config-sources.js";
import { parseEnvFile } from "./env-file.js";
import { fileFault } from "./file-fault.js";
import { parseTomlFile } from "./toml-file.js";

type Env = ConfigSources["env"];

/** What there is to read from. */
export interface ConfigSurroundings {
  /** The variables of the process; they win over those of a file. */
  readonly env: Env;
  /** The text of a file as UTF-8; rejects as `fs.readFile` does. */
  readonly readFile: (path: string) => Promise<string>;
  /** `--config`; without it `./retl.toml`, if there is one. */
  readonly configFile?: string | undefined;
  /** `--env-file`; without it no such file is read. */
  readonly envFile?: string | undefined;
}

/** Reads what namespaces are looked up in. */
export async function loadConfigSources(
  surroundings: ConfigSurroundings,
): Promise<Result<ConfigSources, readonly Diagnostic[]>> {
  const { configFile, envFile, readFile } = surroundings;
  const [toml, variables] = await Promise.all([
    readTomlFile(configFile, readFile),
    envFile === undefined ? ok({}) : readEnvFile(envFile, readFile),
  ]);
  if (!toml.ok || !variables.ok)
    return fail([toml, variables].flatMap((part) => (part.ok ? [] : [part.error])));
  const env = { ...variables.value, ...surroundings.env };
  return ok({ env, toml: toml.value, tomlFile: configFile ?? DEFAULT_TOML_FILE });
}

async function readTomlFile(
  configFile: string | undefined,
  readFile: ConfigSurroundings["readFile"],
): Promise<Result<JsonObject | undefined, Diagnostic>> {
  const file = configFile ?? DEFAULT_TOML_FILE;
  const text = await readText(file, readFile);
  if (text.ok) return parseTomlFile(text.value, file);
  return configFile === undefined && text.error.missing ? ok(undefined) : text.error.refused;
}

async function readEnvFile(
  file: string,
  readFile: ConfigSurroundings["readFile"],
): Promise<Result<Env, Diagnostic>> {
  const text = await readText(file, readFile);
  return text.ok ? ok(parseEnvFile(text.value)) : text.error.refused;
}

interface Unreadable {
  readonly missing: boolean;
  readonly refused: Result<never, Diagnostic>;
}

async function readText(
  file: string,
  readFile: ConfigSurroundings["readFile"],
): Promise<Result<string, Unreadable>> {
  try {
    return ok((await readFile(file)).replace(/^\uFEFF/, ""));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    const missing = code === "ENOENT";
    const message = missing
      ? `there is no file \`${file}\``
      : `\`${file}\` cannot be read (${code})`;
    const remedy = "Check its path and its permissions.";
    return fail({ missing, refused: fail(fileFault("unreadable_file", file, message, remedy)) });
  }
}
