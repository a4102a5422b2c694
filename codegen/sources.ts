import { withoutErrors } from "../src/core/diagnostic.js";
import { nodeValue, readYaml } from "../src/core/yaml.js";
import { SpecError, SpecNode } from "./spec-node.js";

/** Everything that the generated files are made from. */
export interface Sources {
  /** `spec/graph.openapi.yaml`, parsed and as it is written. */
  readonly graph: SpecNode;
  readonly graphText: string;
  /** `spec/errors.yaml`. */
  readonly errors: SpecNode;
  /** The text of `codegen/fields/field.ts`: the types that `fields.ts` is written in. */
  readonly fieldTypes: string;
  /** The text of `codegen/wasm/sha256.ts`, which is AssemblyScript. */
  readonly digestSource: string;
}

/** Where the sources are, from the root of the project. */
export const SOURCE_FILES = {
  graph: "spec/graph.openapi.yaml",
  errors: "spec/errors.yaml",
  fieldTypes: "codegen/fields/field.ts",
  digestSource: "codegen/wasm/sha256.ts",
} as const;

/** Reads the sources; `read` gives the text of a file, by its path from the root of the project. */
export function readSources(read: (path: string) => string): Sources {
  const graphText = read(SOURCE_FILES.graph);
  return {
    graph: parse(graphText, SOURCE_FILES.graph),
    graphText,
    errors: parse(read(SOURCE_FILES.errors), SOURCE_FILES.errors),
    fieldTypes: read(SOURCE_FILES.fieldTypes),
    digestSource: read(SOURCE_FILES.digestSource),
  };
}

function parse(text: string, file: string): SpecNode {
  const { root, diagnostics } = readYaml(text, file);
  if (root === undefined || !withoutErrors(diagnostics))
    throw new SpecError(file, diagnostics.map(({ message }) => message).join("; "));
  return new SpecNode(nodeValue(root), `${file}#`);
}
