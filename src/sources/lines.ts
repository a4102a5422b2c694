/** Splits a stream of bytes into lines. */
import { isUtf8 } from "node:buffer";
import type { JsonFault } from "../core/json.js";
import { fail, ok, type Result } from "../core/result.js";

/** A line that is not blank, without its end. */
export interface Line {
  /** From 1; blank lines count. */
  readonly number: number;
  /** A fault when it is too long or not UTF-8. */
  readonly text: Result<string, JsonFault>;
}

/** A longer line (in characters) is a fault: it would have to be held whole. */
export const MAX_LINE_LENGTH = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/** A line that had to be cut is no JSON any more. */
const CUT: Result<string, JsonFault> = fail({ reason: "syntax", path: [] });

const NOT_UNICODE: Result<string, JsonFault> = fail({ reason: "lone_surrogate", path: [] });

/** Gives the lines of each chunk as they are complete; LF and CRLF end lines, a BOM is dropped. */
export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
  maxLength = MAX_LINE_LENGTH,
): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter(maxLength);
  for await (const chunk of stream) {
    const lines = splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    if (lines.length > 0) yield lines;
  }
  const rest = splitter.end();
  if (rest.length > 0) yield rest;
}

class LineSplitter {
  /** The start of a line whose end has not come yet. */
  private carried: Uint8Array[] = [];
  private carriedLength = 0;
  private tooLong = false;
  private number = 0;

  constructor(private readonly maxLength: number) {}

  push(chunk: Uint8Array): readonly Line[] {
    const last = chunk.lastIndexOf(NEWLINE);
    if (last < 0) {
      this.carry(chunk);
      return [];
    }
    const lines = this.complete(chunk.subarray(0, last));
    this.carry(chunk.subarray(last + 1));
    return lines;
  }

  end(): readonly Line[] {
    return this.carriedLength === 0 && !this.tooLong ? [] : this.complete(new Uint8Array(0));
  }

  private carry(part: Uint8Array): void {
    if (part.length === 0) return;
    this.carriedLength += part.length;
    // Four bytes are one character at least; what is surely too long is not kept.
    this.tooLong ||= this.carriedLength > this.maxLength * 4;
    // A chunk may be used again by the stream it came from.
    this.carried = this.tooLong ? [] : [...this.carried, Uint8Array.from(part)];
  }

  /** Takes whole lines, the last without its newline. */
  private complete(part: Uint8Array): readonly Line[] {
    const cut = this.tooLong;
    const bytes = Buffer.concat([...this.carried, part]);
    this.carried = [];
    this.carriedLength = 0;
    this.tooLong = false;
    const lines: Line[] = [];
    for (const text of textLines(bytes)) {
      this.number += 1;
      if (cut && lines.length === 0) lines.push({ number: this.number, text: CUT });
      else this.add(lines, text);
    }
    return lines;
  }

  private add(lines: Line[], text: string | undefined): void {
    const { number } = this;
    if (text === undefined) {
      lines.push({ number, text: NOT_UNICODE });
      return;
    }
    const clean = number === 1 && text.startsWith("\uFEFF") ? text.slice(1) : text;
    if (clean.length > this.maxLength) lines.push({ number, text: CUT });
    else if (clean.trim() !== "") lines.push({ number, text: ok(clean) });
  }
}

/** One look at all the bytes is enough for nearly every chunk; only a bad one is split first. */
function textLines(bytes: Buffer): readonly (string | undefined)[] {
  if (isUtf8(bytes)) return bytes.toString("utf8").split("\n");
  const lines: (string | undefined)[] = [];
  for (let start = 0; start <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    lines.push(isUtf8(line) ? line.toString("utf8") : undefined);
    start = end + 1;
  }
  return lines;
}
