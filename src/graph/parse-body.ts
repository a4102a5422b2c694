import { parseJson, type Json } from "../core/json.js";

/**
 * Parses a body of Meta's; nothing when it is no JSON. Ids outgrow a safe integer, so whole numbers
 * of that size become text, digit by digit.
 */
export function parseBody(text: string): Json | undefined {
  const parsed = parseJson(text);
  if (parsed.ok) return parsed.value;
  if (parsed.error.reason !== "unsafe_integer") return undefined;
  let inString = false;
  const quoted = text.replace(QUOTE_ESCAPE_OR_LONG_INTEGER, (token) => {
    if (token === '"') inString = !inString;
    return inString || /^["\\]/.test(token) ? token : `"${token}"`;
  });
  const reread = parseJson(quoted);
  return reread.ok ? reread.value : undefined;
}

/** The edges of strings, what is escaped in them, and integers; a whole string would be too long. */
const QUOTE_ESCAPE_OR_LONG_INTEGER = /"|\\.|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs;
