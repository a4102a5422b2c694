/** A binding as it is written: with places, and nothing looked up. */
import path from "node:path";
import type { Diagnostic } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { readYaml } from "../core/yaml.js";
import { Field, fileOrigin } from "./field.js";
import type { MappingReference } from "./mapping-reference.js";

/** A binding before its namespaces are looked up; `resolveBinding` reads it and says what is wrong. */
export interface BindingDeclaration {
  /** The whole declaration. */
  readonly field: Field;
  /** Absolute; relative paths start here. */
  readonly directory: string;
  /** Its name when it gives none. */
  readonly defaultName: string;
  /** A mapping from elsewhere, `--mapping` for one; it wins. */
  readonly mapping?: MappingReference;
  /** A sync names its mapping; a binding may leave it to its caller. */
  readonly mappingRequired?: boolean;
  /** What only code can give. */
  readonly code?: CodeParts;
}

/** The parts of a binding from code that no file can hold, unchecked. */
export interface CodeParts {
  readonly transport: unknown;
  /** A function in the place of a reference to the token. */
  readonly accessToken: (() => string) | undefined;
  /** What was wrong already while the object was taken apart. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a binding file. It fails only where there is no YAML to read; all else that is wrong comes
 * with `resolveBinding`, at once.
 *
 * @param file its name, for diagnostics
 * @param directory where it lies, absolute
 */
export function readBindingFile(
  text: string,
  file: string,
  directory: string,
): Result<BindingDeclaration, readonly Diagnostic[]> {
  const { root, diagnostics } = readYaml(text, file);
  if (root === undefined) return fail(diagnostics);
  const field = new Field(root, "", fileOrigin(file));
  return ok({ field, directory, defaultName: path.parse(file).name });
}
