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
 * in backquotes and never contain a value that could be personal.
 */
export interface Diagnostic {
  /** Stable, `area.snake_case`. */
  readonly code: string;
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

/** Line and column, both from 1, of an offset in a text. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}
