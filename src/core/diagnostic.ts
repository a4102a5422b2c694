import type { DiagnosticCode } from "./catalogue/catalogue.js";

/** Where in a text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a problem is: in a file a person edits, or at a key of a value that came from code. */
export type Place =
  | { readonly kind: "text"; readonly file: string; readonly span: Span }
  | { readonly kind: "value"; readonly source: string; readonly path: string };

/**
 * One problem that a person can mend: what is wrong and what to do about it. Messages name things
 * in backquotes and never contain a value that could be personal. Lines after the first list details.
 */
export interface Diagnostic {
  /** Stable, `area.snake_case`; the catalogue has its meaning. */
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The remedy, one sentence; empty when the message says it all. */
  readonly remedy: string;
  readonly place: Place;
}

/** True when nothing in the list stops the work. */
export function withoutErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every((diagnostic) => diagnostic.severity !== "error");
}

/**
 * Diagnostics as one sequence: those of the first file first, each file's by their place, and those
 * without a place in a text at the end. What stands at one place stays in its order.
 */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sources = [...new Set(diagnostics.map(({ place }) => sourceOf(place)))];
  const rank = ({ place }: Diagnostic) =>
    place.kind === "text" ? sources.indexOf(sourceOf(place)) : sources.length;
  const offset = ({ place }: Diagnostic) => (place.kind === "text" ? place.span.start : 0);
  return diagnostics.toSorted((a, b) => rank(a) - rank(b) || offset(a) - offset(b));
}

function sourceOf(place: Place): string {
  return place.kind === "text" ? place.file : place.source;
}

/**
 * Line and column, both from 1, of an offset in a text, as a `Span` has it: UTF-16 units from 0.
 *
 * @example
 * console.log(lineAndColumn("mapping: 1\nsurface: evnts\n", 20)); // => { line: 2, column: 10 }
 */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const newline = text.indexOf("\n", lineStart);
    if (newline < 0 || newline >= offset) return { line, column: offset - lineStart + 1 };
    line += 1;
    lineStart = newline + 1;
  }
}

/** A sentence longer than this is no help any more. */
const MAX_SENTENCE = 1_000;
const KEPT_AT_END = 200;

/** Line ends, and characters that a terminal would obey or that hide. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * A sentence that quotes a file, as a single line of bounded length: what is left out is in its
 * middle, so that what it says about the quotation stays.
 */
export function oneLine(sentence: string): string {
  const short =
    sentence.length <= MAX_SENTENCE
      ? sentence
      : `${sentence.slice(0, MAX_SENTENCE - KEPT_AT_END)}…${sentence.slice(-KEPT_AT_END)}`;
  return short.replace(NOT_SHOWN, " ").toWellFormed();
}
