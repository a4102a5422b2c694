import { parseJson } from "../src/core/json.js";
import { artefacts, MAPPING_SCHEMA, type Artefact } from "./artefacts.js";
import { checkSpec } from "./check/check-spec.js";
import { movedFields } from "./moved-fields.js";
import { readSources } from "./sources.js";
import { SpecError } from "./spec-node.js";

/** The files of the project, by path from its root. */
export interface ProjectFiles {
  /** Throws when there is no such file. */
  read(path: string): string;
  /** `undefined` when there is no such file. */
  readIfAny(path: string): string | undefined;
  write(path: string, text: string): void;
}

/** What came of a run. */
export type Outcome =
  | { readonly kind: "faulty_spec"; readonly faults: readonly string[] }
  | {
      readonly kind: "generated";
      /** Paths of the files that are, or were, not as the spec says. */
      readonly drift: readonly string[];
      /** Sentences about fields that mappings may bring from now on without an edit. */
      readonly moved: readonly string[];
    };

/** Makes all generated files; with `check` nothing is written. */
export async function generate(files: ProjectFiles, check: boolean): Promise<Outcome> {
  const made = await madeFrom(files);
  if (!Array.isArray(made)) return made;
  const drift = made.filter(({ path, text }) => files.readIfAny(path) !== text);
  const moved = moves(files, made);
  if (!check) for (const { path, text } of drift) files.write(path, text);
  return { kind: "generated", drift: drift.map(({ path }) => path), moved };
}

async function madeFrom(files: ProjectFiles): Promise<Artefact[] | Outcome> {
  try {
    const sources = readSources((path) => files.read(path));
    const faults = checkSpec(sources.graph);
    if (faults.length > 0)
      return {
        kind: "faulty_spec",
        faults: faults.map(({ place, message }) => `${place}: ${message}`),
      };
    return [...(await artefacts(sources))];
  } catch (error) {
    if (error instanceof SpecError) return { kind: "faulty_spec", faults: [error.message] };
    throw error;
  }
}

function moves(files: ProjectFiles, made: readonly Artefact[]): readonly string[] {
  const before = parseJson(files.readIfAny(MAPPING_SCHEMA) ?? "");
  const after = parseJson(made.find(({ path }) => path === MAPPING_SCHEMA)?.text ?? "");
  return before.ok && after.ok ? movedFields(before.value, after.value) : [];
}
