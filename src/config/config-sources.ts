import type { JsonObject } from "../core/json.js";

/** What namespaces are looked up in; nothing else of the process or the disk is read. */
export interface ConfigSources {
  /** Process variables over those of `--env-file`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The parsed TOML file, if there is one. */
  readonly toml: JsonObject | undefined;
  /** The TOML file's name for messages; `retl.toml` when missing. */
  readonly tomlFile?: string;
}

/** Nothing to look anything up in. */
export const NO_SOURCES: ConfigSources = { env: {}, toml: undefined };

/** The TOML file that is read unasked. */
export const DEFAULT_TOML_FILE = "retl.toml";

/** The TOML file's name for messages. */
export function tomlFileOf(sources: ConfigSources): string {
  return sources.tomlFile ?? DEFAULT_TOML_FILE;
}
