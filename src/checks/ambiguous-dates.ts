/** Dates in the examples of a mapping that can be read in two ways, as those of the data will be. */
import type { Diagnostic } from "../core/diagnostic.js";
import type { CheckedMapping, Example } from "../mapping/form.js";
import type { Tally } from "../mapping/scope.js";

/** A warning for each field that an example fills with such a date. */
export function ambiguousDates(
  mapping: CheckedMapping,
  example: Example,
  position: number,
  { suspicious }: Tally,
): readonly Diagnostic[] {
  return [...suspicious]
    .filter(([, reasons]) => reasons.has("ambiguous_date"))
    .map(([field]) => ({
      code: "mapping.ambiguous_date",
      severity: "warning",
      message: `example ${String(position)}: day and month could change places in the date for \`${field}\`; the month is read first`,
      remedy: "Write dates in the source as year, month and day.",
      place: { kind: "text", file: mapping.file, span: example.span ?? { start: 0, end: 0 } },
    }));
}
