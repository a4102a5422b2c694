import type { DiagnosticCode } from "../core/catalogue/catalogue.js";
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
  code: Extract<DiagnosticCode, `source.${string}`>,
  place: Place,
  message: string,
  remedy: string,
): Diagnostic {
  return { code, severity: "error", message, remedy, place };
}

/** Reading broke off at something that somebody can mend. */
export function brokenOff(place: Place, reason: string): Diagnostic {
  return sourceProblem(
    "source.failed",
    place,
    `the source broke off: ${reason}`,
    "Mend the source and run again; rows that were delivered before stay delivered.",
  );
}

/** A column whose values have no form in JSON. */
export function binaryColumn(column: string, type: string, place: Place): Diagnostic {
  return sourceProblem(
    "source.binary_column",
    place,
    `column \`${column}\` holds binary data (${type})`,
    "Turn it into text in SQL, for example with `encode`, `hex` or a cast, or leave it out.",
  );
}
