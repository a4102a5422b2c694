/** Everything there is to say about the text of a mapping. */
import { inOrder, type Diagnostic } from "../core/diagnostic.js";
import type { CheckedMapping } from "../mapping/form.js";
import { readMapping } from "../mapping/read-mapping.js";
import type { CheckContext } from "./check.js";
import { runExamples } from "./examples.js";
import { ALONE, runChecks } from "./registry.js";

/** Reads a mapping, runs its examples, and holds it to the checks. */
export function checkMappingText(text: string, file: string): readonly Diagnostic[] {
  const { mapping, diagnostics } = readMapping(text, file);
  return mapping === undefined
    ? diagnostics
    : inOrder([...diagnostics, ...checkMapping(mapping, ALONE)]);
}

/** What is left to say about a mapping that is sound. */
export function checkMapping(
  mapping: CheckedMapping,
  context: CheckContext,
): readonly Diagnostic[] {
  return [...runExamples(mapping), ...runChecks(mapping, context)];
}
