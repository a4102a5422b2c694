import type { Diagnostic } from "../../src/core/diagnostic.js";
import type { Surface } from "../../src/core/outcome.js";
import type { Result } from "../../src/core/result.js";
import { readBindingFile } from "../../src/config/binding-declaration.js";
import type { Binding } from "../../src/config/binding.js";
import { declareBinding, type BindingOptions } from "../../src/config/binding-options.js";
import type { ConfigSources } from "../../src/config/config-sources.js";
import { resolveBinding } from "../../src/config/resolve-binding.js";

export const NO_SOURCES: ConfigSources = { env: {}, toml: undefined };

/** Reads and resolves the text of a binding file. */
export function bindFile(
  text: string,
  surface: Surface = "custom_audiences",
  sources: ConfigSources = NO_SOURCES,
): Result<Binding, readonly Diagnostic[]> {
  const declaration = readBindingFile(text, "binding.yaml", "/project");
  return declaration.ok ? resolveBinding(declaration.value, surface, sources) : declaration;
}

/** Resolves a binding from code. */
export function bindOptions(
  options: BindingOptions,
  surface: Surface = "custom_audiences",
  sources: ConfigSources = NO_SOURCES,
): Result<Binding, readonly Diagnostic[]> {
  return resolveBinding(declareBinding(options, "/project"), surface, sources);
}
