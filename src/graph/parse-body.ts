import { parseJson, type Json } from "../core/json.js";

/**
 * Parses a body of Meta's; nothing when it is no JSON. Ids outgrow a safe integer, so whole numbers
 * of that size become text, digit by digit.
 */
export function parseBody(text: string): Json | undefined {
  const parsed = parseJson(text);
  if (parsed.ok) return parsed.value;
  if (parsed.error.reason !== "unsafe_integer") return undefined;
  const quoted = parseJson(text.replace(STRING_OR_LONG_INTEGER, quoteInteger));
  return quoted.ok ? quoted.value : undefined;
}

const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

function quoteInteger(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`;
}
