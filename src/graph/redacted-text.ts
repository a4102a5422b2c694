import type { Redactor } from "../core/redact.js";

/**
 * The start of a foreign text: redacted first and cut then, so that no half of a secret is left at
 * the end; without control characters, which a terminal would obey. Redaction sees what JSON spells out.
 *
 * @param max UTF-16 code units
 */
export function redactedText(text: string, max: number, redact: Redactor): string {
  // Redaction looks at a window only: an answer may be megabytes long, and its patterns take time.
  const window = max + LONGEST_SECRET;
  const clean = redact(
    text
      .slice(0, window)
      .replace(SPELT_OUT, spelled)
      .replace(/\p{Cc}+/gu, " ")
      .trim(),
  );
  const whole = text.length <= window;
  const safe = whole ? clean : clean.slice(0, Math.max(0, clean.length - LONGEST_SECRET));
  return safe.slice(0, max).replace(/[\ud800-\udbff]$/, "");
}

/** JSON may spell out what it need not, as Meta's does: `jo\u0040example.com`. */
const SPELT_OUT = /\\u00([2-7][0-9a-f])|\\\//gi;

function spelled(_: string, code?: string): string {
  return code === undefined ? "/" : String.fromCharCode(Number.parseInt(code, 16));
}

/** Tokens of Meta have some 200 to 400 characters. */
const LONGEST_SECRET = 1024;
