import { sha256 } from "../core/digest.js";
import { isJsonObject, type Json } from "../core/json.js";
import { REDACTED, type Redactor } from "../core/redact.js";
import { redactedText } from "./redacted-text.js";

/**
 * The samples of malformed entries, cell to reason, without anybody's plain data: a cell that is no
 * digest was refused just for being plain, so a digest stands for it. Empty when Meta sends `{}`,
 * `[]` or anything else.
 */
export function readInvalidSamples(
  samples: Json | undefined,
  redact: Redactor,
): Readonly<Record<string, string>> {
  const entries = isJsonObject(samples) ? Object.entries(samples) : [];
  return Object.fromEntries(
    entries
      .slice(0, MAX_SAMPLES)
      .map(([cell, reason]) => [safeCell(cell), safeReason(reason, redact)]),
  );
}

/** More than Meta documents are not kept; nobody reads them. */
const MAX_SAMPLES = 100;

const DIGEST = /^[0-9a-fA-F]{64}$/;
/** A phone number or an id in the middle of a reason. */
const LONG_NUMBER = /(?<![0-9a-fA-F])\d{7,}(?![0-9a-fA-F])/g;

function safeCell(cell: string): string {
  return DIGEST.test(cell) ? cell : `sha256:${sha256(cell).slice(0, 16)}`;
}

function safeReason(reason: Json, redact: Redactor): string {
  const text = typeof reason === "string" ? reason : JSON.stringify(reason);
  return redactedText(text, 256, redact).replace(LONG_NUMBER, REDACTED);
}
