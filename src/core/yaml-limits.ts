/** What a YAML text may be at most: the library's own time, memory and recursion know no bounds. */
import { Lexer } from "yaml";
import type { Span } from "./diagnostic.js";
import { MAX_JSON_DEPTH } from "./json.js";

/** Why a text is not read, and where it goes too far. */
export interface Excess {
  readonly code: "yaml.too_deep" | "yaml.too_large";
  readonly message: string;
  readonly remedy: string;
  readonly span: Span;
}

/** In UTF-16 units; a mapping of a person has some thousand. */
const MAX_LENGTH = 1_000_000;

/** Words, marks and blanks as the lexer tells them apart; a list of one-letter words is mostly those. */
const MAX_TOKENS = 60_000;

/** Aliases count each time that they are followed, so that they cannot multiply without end. */
export const MAX_NODES = 20_000;

/** What stands further right is nested further than the library's own recursion can bear. */
const MAX_COLUMN = 512;

/** As long as the YAML specification lets a key be that stands before its colon in a line. */
export const MAX_KEY_LENGTH = 1_024;

/** Nested further than what is read of JSON. */
export function tooDeep(span: Span): Excess {
  const message = `this is nested deeper than ${String(MAX_JSON_DEPTH)} levels`;
  return { code: "yaml.too_deep", message, remedy: "Write it flatter, or split it.", span };
}

/** More than {@link MAX_NODES}. */
export function tooLarge(span: Span, message: string): Excess {
  const remedy = "A mapping or sync file has some hundred lines; is this the right file?";
  return { code: "yaml.too_large", message, remedy, span };
}

/** Tokens of the library's lexer that stand for no text. */
const ZERO_WIDTH = new Set(["\u0002", "\u0018", "\u001f"]);

/** Where a text goes too far to be parsed. The lexer is asked because it does not recurse. */
export function excessOf(text: string): Excess | undefined {
  if (text.length > MAX_LENGTH)
    return tooLarge(NOWHERE, `this file is longer than ${String(MAX_LENGTH)} characters`);
  let offset = 0;
  let lineStart = 0;
  let brackets = 0;
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    if (ZERO_WIDTH.has(token)) continue;
    const here = { start: offset, end: offset + 1 };
    tokens += 1;
    if (tokens > MAX_TOKENS)
      return tooLarge(here, `up to here are more than ${String(MAX_TOKENS)} words and marks`);
    if (brackets === 0 && isFarRight(text, token, lineStart, offset)) return tooDeep(here);
    if (token === "[" || token === "{") brackets += 1;
    if (token === "]" || token === "}") brackets = Math.max(0, brackets - 1);
    if (brackets > MAX_JSON_DEPTH) return tooDeep(here);
    offset += token.length;
    const newLine = token.lastIndexOf("\n");
    if (newLine >= 0) lineStart = offset - (token.length - newLine - 1);
  }
  return undefined;
}

const NOWHERE: Span = { start: 0, end: 0 };

/** Whether a token begins a block that far to the right. */
function isFarRight(text: string, token: string, lineStart: number, offset: number): boolean {
  if (offset - lineStart <= MAX_COLUMN || token.trim() === "") return false;
  return token === "-" || token === "?" || text.slice(lineStart, offset).trim() === "";
}
