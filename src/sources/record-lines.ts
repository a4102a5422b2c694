import { parseJson, type Json, type JsonFault } from "../core/json.js";
import type { Result } from "../core/result.js";
import { readLines } from "./lines.js";

/** A record of an NDJSON stream, or why its line is none. */
export interface RecordLine {
  /** The number of its line, from 1; blank lines count. */
  readonly line: number;
  readonly value: Result<Json, JsonFault>;
}

/** So many records stay near the processor from their line to their request. */
const BATCH = 100;

/**
 * Reads NDJSON records from a stream of bytes, in batches of up to 100; blank lines are skipped.
 * A line that is not UTF-8, not JSON or too long is a fault of its own; the others are not harmed.
 *
 * @param maxLength longer lines (in characters) are faults
 */
export async function* readRecordLines(
  stream: AsyncIterable<Uint8Array | string>,
  maxLength?: number,
): AsyncGenerator<readonly RecordLine[]> {
  for await (const lines of readLines(stream, maxLength))
    for (let start = 0; start < lines.length; start += BATCH)
      yield lines.slice(start, start + BATCH).map(({ number, text }) => ({
        line: number,
        value: text.ok ? parseJson(text.value) : text,
      }));
}
