import path from "node:path";
import { readRecordLines } from "../sources/record-lines.js";
import { SourceFailure, sourceProblem } from "../sources/source-failure.js";
import { COMMAND_LINE } from "../report/diagnostics-text.js";
import type { IncomingRecord } from "../sync/record-input.js";
import type { Io } from "./io.js";

/** The contract records of a file, or of standard input (`-`), one per line. */
export async function* readRecords(
  file: string,
  io: Io,
): AsyncGenerator<readonly IncomingRecord[]> {
  const bytes = file === "-" ? io.stdin : io.readBytes(path.resolve(io.cwd, file));
  try {
    for await (const lines of readRecordLines(bytes))
      yield lines.map(({ line, value }) => ({ position: line, value }));
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new SourceFailure(
      sourceProblem(
        "source.unreadable",
        { kind: "value", source: COMMAND_LINE, path: "" },
        `\`${file}\` cannot be read (${error.code})`,
        "Check its path and its permissions.",
      ),
    );
  }
}

function isFileError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
