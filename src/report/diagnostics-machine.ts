/** Diagnostics for machines: JSON lines, and annotations as GitHub reads them. */
import { manualPlaceOf } from "../core/manual-place.js";
import { lineAndColumn, type Diagnostic } from "../core/diagnostic.js";
import type { TextOf } from "./diagnostics-text.js";

/** One JSON object per line; `docs` is where the manual says more. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[], textOf: TextOf): string {
  return diagnostics.map((one) => JSON.stringify(diagnosticJson(one, textOf))).join("\n");
}

/** A diagnostic as an object. */
export function diagnosticJson({ place, ...rest }: Diagnostic, textOf: TextOf) {
  return { ...rest, place: jsonPlace(place, textOf), docs: manualPlaceOf(rest.code) };
}

function jsonPlace(place: Diagnostic["place"], textOf: TextOf) {
  if (place.kind === "value") return { source: place.source, path: place.path };
  const text = textOf(place.file);
  return { file: place.file, ...(text === undefined ? {} : lineAndColumn(text, place.span.start)) };
}

/** One workflow command per line. */
export function diagnosticsGithub(diagnostics: readonly Diagnostic[], textOf: TextOf): string {
  return diagnostics
    .map(({ severity, code, message, remedy, place }) => {
      const text = place.kind === "text" ? textOf(place.file) : undefined;
      const at =
        place.kind === "text" && text !== undefined
          ? lineAndColumn(text, place.span.start)
          : undefined;
      const file = place.kind === "text" ? `file=${property(place.file)},` : "";
      const where = at ? `line=${String(at.line)},col=${String(at.column)},` : "";
      return `::${severity} ${file}${where}title=${property(code)}::${data(said(message, remedy))}`;
    })
    .join("\n");
}

/** Cause and remedy; what a message lists below itself stays a list. */
function said(message: string, remedy: string): string {
  if (remedy === "") return message;
  return message.includes("\n") ? `${message}\n${remedy}` : `${message}. ${remedy}`;
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The value of a property ends at a comma, and all of them at a colon. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
