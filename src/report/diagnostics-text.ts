/** Diagnostics as a person reads them: place, what is wrong, a frame of the text, the remedy. */
import { lineAndColumn, type Diagnostic } from "../core/diagnostic.js";

/** The source of what was wrong with the words of a command: the person knows where those stand. */
export const COMMAND_LINE = "the command line";

/** The text of a file that diagnostics speak of, if it is at hand. */
export type TextOf = (file: string) => string | undefined;

/**
 * One paragraph per diagnostic: place, severity, what is wrong, a frame of the text, and the remedy.
 *
 * @param textOf the text of a file by the name that it was checked under, for line, column and frame
 * @example
 * const text = "mapping: 1\nsurface: evnts\n";
 * const printed = diagnosticsText(checkMapping(text, "mine.yaml"), () => text);
 * console.log(printed.split(" ")[0]); // => "mine.yaml:2:10"
 */
export function diagnosticsText(diagnostics: readonly Diagnostic[], textOf: TextOf): string {
  return diagnostics.map((diagnostic) => diagnosticText(diagnostic, textOf)).join("\n\n");
}

function diagnosticText(diagnostic: Diagnostic, textOf: TextOf): string {
  const { severity, code, message, remedy } = diagnostic;
  const place = placeText(diagnostic, textOf);
  const [head = "", ...details] = message.split("\n");
  const lines = [`${place === "" ? "" : `${place} `}${severity}: ${head} (${code})`];
  lines.push(...frame(diagnostic, textOf), ...details.map((line) => `  ${line}`));
  if (remedy !== "") lines.push(`  ${remedy}`);
  return lines.join("\n");
}

/** `file:line:column`, or the key of a value that came from code; empty for the command line. */
export function placeText({ place }: Diagnostic, textOf: TextOf): string {
  if (place.kind === "value" && place.source === COMMAND_LINE) return "";
  if (place.kind === "value")
    return `${place.source}${place.path === "" ? "" : ` at ${place.path}`}`;
  const text = textOf(place.file);
  if (text === undefined) return place.file;
  const { line, column } = lineAndColumn(text, place.span.start);
  return `${place.file}:${String(line)}:${String(column)}`;
}

const MAX_WIDTH = 100;

function frame({ place }: Diagnostic, textOf: TextOf): readonly string[] {
  const text = place.kind === "text" ? textOf(place.file) : undefined;
  if (place.kind !== "text" || text === undefined || place.span.end === 0) return [];
  const { line, column } = lineAndColumn(text, place.span.start);
  const lineEnd = text.indexOf("\n", place.span.start);
  const source = text.slice(place.span.start - column + 1, lineEnd < 0 ? text.length : lineEnd);
  const number = String(line);
  const width = Math.max(
    1,
    Math.min(place.span.end - place.span.start, source.length - column + 1),
  );
  const shift = column + width > MAX_WIDTH ? Math.max(0, column - 20) : 0;
  const shown = source.slice(shift, shift + MAX_WIDTH).trimEnd();
  const marks = "^".repeat(Math.max(1, Math.min(width, MAX_WIDTH - (column - 1 - shift))));
  return [
    `  ${number} | ${shown}`,
    `  ${" ".repeat(number.length)} | ${" ".repeat(column - 1 - shift)}${marks}`,
  ];
}
