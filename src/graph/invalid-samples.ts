import { isJsonObject, type Json } from "../core/json.js";
import type { InvalidCells } from "../core/outcome.js";
import type { Redactor } from "../core/redact.js";
import { redactedText } from "./redacted-text.js";

/**
 * The samples of malformed entries, cell to reason. Cells are as they were sent, for finding their
 * records in memory; reasons are fit to be kept. Empty when Meta sends `{}`, `[]` or anything else.
 */
export function readInvalidCells(samples: Json | undefined, redact: Redactor): InvalidCells {
  const entries = isJsonObject(samples) ? Object.entries(samples) : [];
  return new Map(
    entries.slice(0, MAX_SAMPLES).map(([cell, reason]) => [cell, safeReason(reason, redact)]),
  );
}

/** The same for evidence, where numbers stand for cells: a cell may be anybody's plain data. */
export function safeSamples(cells: InvalidCells): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(cells.values(), (reason, index) => [`#${String(index + 1)}`, reason]),
  );
}

/** More than Meta documents are not kept; nobody reads them. */
const MAX_SAMPLES = 100;

function safeReason(reason: Json, redact: Redactor): string {
  const text = typeof reason === "string" ? reason : JSON.stringify(reason);
  return redactedText(text, 256, redact);
}
