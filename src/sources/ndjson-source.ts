/** NDJSON files: every line is an object, and values keep every digit. */
import type { Diagnostic, Place } from "../core/diagnostic.js";
import {
  describeJsonFault,
  isJsonObject,
  ownValue,
  type Json,
  type JsonObject,
} from "../core/json.js";
import { fail, ok, type Result } from "../core/result.js";
import { exactJson } from "./exact-json.js";
import { fileBytes, readFault } from "./file-bytes.js";
import type { SourceFile } from "./find-files.js";
import { readLines, type Line } from "./lines.js";
import type { ColumnBatch, OpenSource } from "./source.js";
import { SourceFailure, sourceProblem } from "./source-failure.js";

/** Lines in a batch, and lines that are always looked at for their names. */
const BATCH = 2_048;

/**
 * Opens NDJSON files. Their columns are the names of the objects, found by reading: until all that
 * are expected are known, or to the end.
 */
export async function openNdjson(
  files: readonly SourceFile[],
  place: Place,
  expected?: readonly string[],
): Promise<Result<OpenSource, readonly Diagnostic[]>> {
  const reader = new NdjsonFiles(files, place);
  try {
    const { names, rows } = await reader.names(expected);
    if (names.size === 0 && rows > 0) return fail([noObjects(files, place)]);
    const columns = [...names].map((name) => ({ name, type: "JSON" }));
    return ok({
      columns,
      batches: (wanted) => reader.batches(wanted),
      close: () => reader.close(),
    });
  } catch (error) {
    if (error instanceof SourceFailure) return fail([error.diagnostic]);
    throw error;
  }
}

class NdjsonFiles {
  private closed = false;

  constructor(
    private readonly files: readonly SourceFile[],
    private readonly place: Place,
  ) {}

  close(): void {
    this.closed = true;
  }

  async names(
    expected: readonly string[] | undefined,
  ): Promise<{ names: Set<string>; rows: number }> {
    const names = new Set<string>();
    let rows = 0;
    for await (const lines of this.lines()) {
      rows += lines.length;
      for (const line of lines) {
        const row = readRow(line);
        if (row.ok) for (const name of Object.keys(row.value)) names.add(name);
      }
      if (rows >= BATCH && expected?.every((name) => names.has(name)) === true) break;
    }
    return { names, rows };
  }

  async *batches(wanted: readonly string[]): AsyncGenerator<ColumnBatch> {
    let firstRow = 1;
    for await (const lines of this.lines()) {
      for (let start = 0; start < lines.length; start += BATCH) {
        const batch = columnBatch(lines.slice(start, start + BATCH), wanted, firstRow);
        yield batch;
        firstRow += batch.rows;
      }
      if (this.closed) return;
    }
  }

  private async *lines(): AsyncGenerator<readonly Line[]> {
    for (const file of this.files) {
      try {
        yield* readLines(fileBytes(file));
      } catch (error) {
        throw new SourceFailure(brokenFile(file.path, readFault(error), this.place));
      }
    }
  }
}

function columnBatch(
  lines: readonly Line[],
  wanted: readonly string[],
  firstRow: number,
): ColumnBatch {
  const columns = wanted.map((): Json[] => []);
  const faults = new Map<number, string>();
  for (const [index, line] of lines.entries()) {
    const row = readRow(line);
    if (!row.ok) faults.set(index, row.error);
    for (const [position, name] of wanted.entries())
      columns[position]?.push((row.ok ? ownValue(row.value, name) : null) ?? null);
  }
  const batch = { columns, rows: lines.length, firstRow };
  return faults.size === 0 ? batch : { ...batch, faults };
}

function readRow({ number, text }: Line): Result<JsonObject, string> {
  const parsed = text.ok ? exactJson(text.value) : text;
  const line = `(line ${number})`;
  if (!parsed.ok) return fail(`${describeJsonFault(parsed.error)} ${line}`);
  return isJsonObject(parsed.value) ? ok(parsed.value) : fail(`is not a JSON object ${line}`);
}

function noObjects(files: readonly SourceFile[], place: Place): Diagnostic {
  const [path = ""] = files.map((file) => file.path);
  return sourceProblem(
    "source.unreadable",
    place,
    `\`${path}\` holds no line that is a JSON object`,
    "Write one object a line; a JSON array of objects is not NDJSON.",
  );
}

function brokenFile(path: string, reason: string, place: Place): Diagnostic {
  return sourceProblem(
    "source.failed",
    place,
    `\`${path}\` cannot be read to its end: ${reason}`,
    "Mend the file and run again; rows that were delivered before stay delivered.",
  );
}
