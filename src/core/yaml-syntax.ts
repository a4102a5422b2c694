/** What is wrong with a text that is no YAML, in words for somebody who knows none of its grammar. */
import { Lexer } from "yaml";
import type { ErrorCode, YAMLParseError } from "yaml";
import type { Span } from "./diagnostic.js";

/** What is wrong, what to do, and where. */
export interface SyntaxFault {
  readonly message: string;
  readonly remedy: string;
  readonly span: Span;
}

/** The first letter that was none when the file's bytes were read as UTF-8. */
export function notUtf8(text: string): SyntaxFault | undefined {
  const start = text.indexOf("\uFFFD");
  if (start < 0) return undefined;
  return {
    message: "this file is not written as UTF-8",
    remedy: "Save it as UTF-8; an editor shows the encoding, or asks for it when it saves.",
    span: { start, end: start + 1 },
  };
}

/**
 * The first thing that the parser stumbled over. What it says after that is about what it made of
 * the text from there on.
 */
export function syntaxFault(
  error: Pick<YAMLParseError, "code" | "message" | "pos">,
  text: string,
): SyntaxFault {
  const span = { start: error.pos[0], end: error.pos[1] };
  const bracket = / end with a ([\]}])/.exec(error.message)?.[1];
  if (bracket !== undefined) return notClosed(text, span, bracket);
  const said = WORDS[error.code];
  if (said !== undefined) return { ...said, span };
  switch (error.code) {
    case "BAD_INDENT":
      return {
        message: "this line is indented neither like the one before it nor like another above",
        remedy: "Begin the lines of one map, or of one list, in the same column.",
        span: lineOf(text, span.start),
      };
    case "BLOCK_AS_IMPLICIT_KEY":
      return severalInOne(text, span);
    case "MULTILINE_IMPLICIT_KEY":
      return noPair(text, span);
    case "MISSING_CHAR":
      return missing(error.message, text, span);
    case "BAD_SCALAR_START":
      return {
        message: `text without quotes cannot begin with ${text.charAt(span.start)}`,
        remedy: "Put it in quotes.",
        span,
      };
    default:
      return unexpected(error.message, text, span);
  }
}

/** What needs no look at the text. */
const WORDS: Partial<Record<ErrorCode, { readonly message: string; readonly remedy: string }>> = {
  TAB_AS_INDENT: {
    message: "this line is indented with a tab, and YAML takes spaces only",
    remedy: "Put spaces in its place, as many as the lines beside it have.",
  },
  BLOCK_IN_FLOW: {
    message: "a second colon stands here where one value belongs, inside brackets",
    remedy: "Put text with a colon in quotes, or close the bracket before this.",
  },
  BAD_DQ_ESCAPE: {
    message: "between double quotes a backslash begins a special character, and this is none",
    remedy: "Use single quotes, or write the backslash twice.",
  },
  MULTIPLE_DOCS: {
    message: "a second document begins here, and a file holds one",
    remedy: "Remove this line, or move what follows to a file of its own.",
  },
};

/** An opening bracket whose end does not come; the parser only tells where it gave up. */
function notClosed(text: string, span: Span, bracket: string): SyntaxFault {
  const opening = bracket === "}" ? "{" : "[";
  const remedy = `Write the \`${bracket}\` that belongs to it.`;
  const start = lastOpen(text, span.start) ?? span.start;
  return {
    message: `this \`${opening}\` is not closed`,
    remedy,
    span: { start, end: start + 1 },
  };
}

/** The innermost bracket that is open at an offset; quotes and comments hide those in them. */
function lastOpen(text: string, end: number): number | undefined {
  const open: number[] = [];
  for (const { token, start } of tokens(text)) {
    if (start >= end) break;
    if (token === "[" || token === "{") open.push(start);
    if (token === "]" || token === "}") open.pop();
  }
  return open.at(-1);
}

/** The lexer marks where it changes its mind with characters that stand for no text. */
const ZERO_WIDTH = new Set(["\u0002", "\u0018", "\u001f"]);

function* tokens(text: string): Generator<{ token: string; start: number }> {
  let start = 0;
  for (const token of new Lexer().lex(text)) {
    if (ZERO_WIDTH.has(token)) continue;
    yield { token, start };
    start += token.length;
  }
}

/** A key with its colon inside a value: in the same line, or because the next one is indented. */
function severalInOne(text: string, span: Span): SyntaxFault {
  const whole = lineOf(text, span.start);
  const glued = /^(?:- )?[^\s:]+:(?=[{["'])/.exec(text.slice(whole.start, whole.end))?.[0];
  if (glued !== undefined)
    return {
      message: "this key and what stands behind its colon read as one word",
      remedy: "Put a space after the colon.",
      span: { start: whole.start, end: whole.start + glued.length },
    };
  const rest = text.slice(span.start);
  const line = /^.*/.exec(rest)?.[0] ?? "";
  if (/:(?:\s|$)/.test(line))
    return {
      message: "a second colon stands in this line, so that it reads as a key in a value",
      remedy: "Put text with a colon in quotes, or begin a map in the next line.",
      span: { start: span.start, end: span.start + line.trimEnd().length },
    };
  const after = /^.*\n\s*/.exec(rest)?.[0].length ?? 0;
  return {
    message: "this line is indented as if it belonged to the value before it",
    remedy: "Begin it in the column of the key that it stands beside.",
    span: lineOf(text, span.start + after),
  };
}

/** A line that should be a key and its value. */
function noPair(text: string, span: Span): SyntaxFault {
  const line = lineOf(text, span.start);
  const glued = /^[^\s:]+:[^\s:]/.test(text.slice(line.start, line.end));
  return {
    message: "this line is no key with a colon and a value",
    remedy: glued ? "Put a space after the colon." : "Write `key: value`.",
    span: line,
  };
}

function missing(message: string, text: string, span: Span): SyntaxFault {
  const quote = /closing (['"])quote/.exec(message)?.[1];
  if (quote !== undefined) {
    const opened = [...tokens(text)].findLast(
      ({ token, start }) => start < span.start && token.startsWith(quote),
    );
    const start = opened?.start ?? span.start;
    return {
      message: "this quote is not closed",
      remedy: "Write the second one behind the text.",
      span: { start, end: start + 1 },
    };
  }
  if (message.startsWith("Implicit map keys")) return noPair(text, span);
  if (message.startsWith("Missing , "))
    return {
      message: "a comma is missing before this",
      remedy: "Between brackets a comma stands between one part and the next.",
      span,
    };
  return unexpected(message, text, span);
}

/** What has no explanation of its own. */
function unexpected(message: string, text: string, span: Span): SyntaxFault {
  const line = lineOf(text, span.start);
  if (/^(?:- )*\*\s*:/.test(text.slice(line.start)))
    return {
      message: "a `*` without quotes refers to another part of the file",
      remedy: 'Put it in quotes: `"*":`.',
      span: { start: line.start, end: line.start + 1 },
    };
  if (message.startsWith("Unexpected block-seq-ind"))
    return {
      message: "a list begins in the line of its key",
      remedy: "Begin it in the next line, or write it as `[a, b]`.",
      span,
    };
  const found = text.charAt(span.start);
  if (found === "]" || found === "}")
    return {
      message: `this \`${found}\` closes nothing`,
      remedy: `Remove it, or write the \`${found === "}" ? "{" : "["}\` that belongs to it.`,
      span,
    };
  return {
    message: firstSentence(message),
    remedy: "Put text with special characters in quotes, and close all that was opened before.",
    span,
  };
}

/** The line around an offset without the white space at its ends. */
function lineOf(text: string, offset: number): Span {
  const begin = text.lastIndexOf("\n", offset - 1) + 1;
  const line = /^.*/.exec(text.slice(begin))?.[0] ?? "";
  const start = begin + line.length - line.trimStart().length;
  return { start, end: start + line.trim().length };
}

function firstSentence(message: string): string {
  return message.replace(/ at line \d+.*$|; please use .*$/s, "").replace(/\s+/g, " ");
}
