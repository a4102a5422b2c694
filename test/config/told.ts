import { lineAndColumn, type Diagnostic } from "../../src/core/diagnostic.js";
import type { Result } from "../../src/core/result.js";

/** A diagnostic as one line: place, code, message and remedy, whole. */
export function told(diagnostics: readonly Diagnostic[], text = ""): readonly string[] {
  return diagnostics.map(({ code, message, remedy, place }) => {
    return `${placeOf(place, text)} ${code}: ${message}. ${remedy}`;
  });
}

/** The diagnostics of a failure as lines; none for a success. */
export function toldBy(
  result: Result<unknown, readonly Diagnostic[]>,
  text = "",
): readonly string[] {
  return result.ok ? [] : told(result.error, text);
}

function placeOf(place: Diagnostic["place"], text: string): string {
  if (place.kind === "value") return `${place.source} at ${place.path}`;
  const { line, column } = lineAndColumn(text, place.span.start);
  return `${place.file}:${String(line)}:${String(column)}`;
}

/** The value of a success; a failure fails the test with what it says. */
export function valueOf<T>(result: Result<T, readonly Diagnostic[]>, text = ""): T {
  if (result.ok) return result.value;
  throw new Error(told(result.error, text).join("\n"));
}
