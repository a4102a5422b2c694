/** Markup that is escaped by construction: whatever is put into it is text, unless it is markup already. */
import type { Redactor } from "../../core/redact.js";

type Part =
  | { readonly kind: "markup"; readonly text: string }
  | { readonly kind: "text"; readonly text: string };

/** Markup; made by {@link html} and {@link verbatim} only. */
export interface Html {
  readonly parts: readonly Part[];
}

/** What can be put into markup. Numbers stand as they are; `undefined` is nothing. */
export type Inserted = string | number | Html | readonly Html[] | undefined;

/**
 * Markup with values in it.
 *
 * @example html`<td title="${name}">${count}</td>`
 */
export function html(markup: readonly string[], ...values: readonly Inserted[]): Html {
  return {
    parts: markup.flatMap((text, index) => [{ kind: "markup", text }, ...partsOf(values[index])]),
  };
}

/** A constant of this package that is markup, or that its place gives another syntax than text. */
export function verbatim(text: string): Html {
  return { parts: [{ kind: "markup", text }] };
}

/** The text of markup. Every text in it has gone through the redaction door before it is escaped. */
export function htmlText({ parts }: Html, redact: Redactor): string {
  return parts
    .map(({ kind, text }) =>
      kind === "markup" ? text : escaped(redact(text).replace(UNSEEN, "\u00b7")),
    )
    .join("");
}

/** A sentence in which backquotes name things. */
export function prose(sentence: string): Html {
  const pieces = sentence.split("`");
  // An odd backquote is one that means itself.
  if (pieces.length % 2 === 0) return html`${sentence}`;
  return html`${pieces.map((piece, index) => (index % 2 === 0 ? html`${piece}` : html`<code>${piece}</code>`))}`;
}

function partsOf(value: Inserted): readonly Part[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ kind: "text", text: value }];
  if (typeof value === "number") return [{ kind: "markup", text: String(value) }];
  return "parts" in value ? value.parts : value.flatMap(({ parts }) => parts);
}

/** Characters that hide, or turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found);
}
