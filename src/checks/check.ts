/** What a check is: one rule about a mapping that is sound and still loses something. */
import type { Diagnostic, Place, Span } from "../core/diagnostic.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { RecordFacts } from "./record-facts.js";

/** What a check found: where, what is wrong, and what to do. */
export type Finding = Pick<Diagnostic, "message" | "remedy" | "place">;

/** What is known about the world around a mapping. */
export interface CheckContext {
  /** What `config.…` paths read; `undefined` for a mapping that is checked alone. */
  readonly config: ReadonlyMap<string, string> | undefined;
  readonly facts: RecordFacts;
}

/**
 * One rule. An error is for what can never be sent, a warning for what costs matches, counts or
 * privacy. `docs/checks/<code>.md`, without the area, says more.
 */
export interface Check {
  readonly code: `check.${string}`;
  readonly severity: Diagnostic["severity"];
  readonly run: (mapping: CheckedMapping, context: CheckContext) => readonly Finding[];
}

/** A place in the mapping's own file. */
export function inMapping({ file, section }: CheckedMapping, span: Span | undefined): Place {
  return { kind: "text", file, span: span ?? section ?? { start: 0, end: 0 } };
}
