/** Everything there is to say about the text of a mapping. */
import { inOrder, type Diagnostic } from "../core/diagnostic.js";
import type { CheckedMapping } from "../mapping/form.js";
import { readMapping } from "../mapping/read-mapping.js";
import type { CheckContext } from "./check.js";
import { runExamples } from "./examples.js";
import { ALONE, runChecks } from "./registry.js";

/**
 * Reads a mapping, runs its examples, and holds it to the checks: all that `retl-meta check` says of it.
 * A function of texts, for an editor or a CI job.
 *
 * @param file its name, for places in diagnostics
 * @returns nothing when all is well; warnings do not keep a mapping from being used
 * @example
 * const text = "mapping: 1\nsurface: events\nevent:\n  event_name: { value: Lead }\n";
 * const diagnostics = checkMapping(text, "mine.yaml");
 * console.log(diagnostics.some(({ code }) => code === "check.required_field")); // => true
 */
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
