/** The bytes of a file, unpacked. */
import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fail, ok, type Result } from "../core/result.js";
import type { SourceFile } from "./find-files.js";

const CHUNK_BYTES = 256 * 1024;

/** Streams a file; reading it throws the error of the file system or of unpacking. */
export function fileBytes({ path, gzip }: SourceFile): Readable {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!gzip) return file;
  // Errors reach whoever iterates; the callback only keeps them from being thrown a second time.
  return pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
}

/** The first bytes of a file as text, or why there are none. */
export async function fileStart(file: SourceFile, bytes: number): Promise<Result<string, string>> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of fileBytes(file)) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      length += chunk.length;
      if (length >= bytes) break;
    }
  } catch (error) {
    return fail(readFault(error));
  }
  return ok(Buffer.concat(chunks).toString("utf8"));
}

const FAULTS: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "it is gone"],
  ["EACCES", "its permissions forbid it"],
  ["EISDIR", "it is a folder"],
  ["Z_DATA_ERROR", "it is not gzip, or damaged"],
  ["Z_BUF_ERROR", "it ends in the middle"],
]);

/**
 * An error of the file system or of unpacking as the end of a sentence; it never holds data. Any
 * other error is a bug and is thrown again.
 */
export function readFault(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) throw error;
  return FAULTS.get(error.code) ?? String(error.code);
}
