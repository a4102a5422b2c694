import type { Diagnostic, Place } from "../core/diagnostic.js";

/** Reading broke off after it had begun. What was read is right; the run must not go on. */
export class SourceFailure extends Error {
  override readonly name = "SourceFailure";

  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}

/** A problem with a source, at its place in the sync file. */
export function sourceProblem(
  code: `source.${string}`,
  place: Place,
  message: string,
  remedy: string,
): Diagnostic {
  return { code, severity: "error", message, remedy, place };
}
