/**
 * Reads the texts of a column out of the engine's memory. Its own getter goes into the engine once for
 * each text of more than twelve bytes, which takes longer than all else that is done for a row; here one
 * call fetches all texts that lie close to each other.
 *
 * The layout is that of `duckdb_string_t` in the engine's C interface: 16 bytes for each row, the length
 * in bytes first. A text of up to twelve bytes follows it; of a longer one, its first four bytes and the
 * address of all of them.
 */
import { isAscii } from "node:buffer";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";

const HEADER_BYTES = 16;
const LENGTH_BYTES = 4;
const ADDRESS_AT = 8;
const INLINE_BYTES = 12;
const WORD = 2 ** 32;

/**
 * Texts that lie within so many bytes are read at once. No page of memory is smaller, so that all
 * between two texts which are there can be read, whatever it is: other texts, or what the engine has
 * freed. A value may be a slice of what was read with it, and keeps that in memory with it: so many
 * bytes, or itself if it is longer. Nothing of it is ever shown.
 */
const REACH_BYTES = 4_096;

/** The headers of a column's texts. */
interface Headers {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Reads a column of the type VARCHAR; null where a row has no value. */
export function textColumn(chunk: DuckDBDataChunk, position: number): (string | null)[] {
  const rows = chunk.rowCount;
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, position);
  const bytes = bufferOf(duckdb.vector_get_data(vector, rows * HEADER_BYTES));
  const headers = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  const texts = new Array<string | null>(rows).fill(null);
  const long = readShort(headers, validityOf(vector, rows), texts);
  for (let at = 0; at < long.length;) at = readNear(headers, long, at, texts);
  return texts;
}

/** A bit for each row, set where it has a value; without any, all have. */
function validityOf(vector: duckdb.Vector, rows: number): Uint8Array | null {
  return duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
}

/** Reads what stands in the headers themselves; gives the rows of longer texts. */
function readShort(
  { bytes, view }: Headers,
  validity: Uint8Array | null,
  texts: (string | null)[],
): readonly number[] {
  let inline: string | undefined;
  const long: number[] = [];
  for (let row = 0; row < texts.length; row += 1) {
    if (validity !== null && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0) continue;
    const header = row * HEADER_BYTES;
    const length = view.getUint32(header, true);
    if (length > INLINE_BYTES) {
      long.push(row);
      continue;
    }
    const start = header + LENGTH_BYTES;
    inline ??= bytes.toString("latin1");
    const text = inline.slice(start, start + length);
    texts[row] = BEYOND_ASCII.test(text) ? bytes.toString("utf8", start, start + length) : text;
  }
  return long;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Reads long texts from the one at `first` on, as far as they lie together; gives where it stopped. */
function readNear(
  { view }: Headers,
  long: readonly number[],
  first: number,
  texts: (string | null)[],
): number {
  let start = Infinity;
  let end = 0;
  let next = first;
  for (; next < long.length; next += 1) {
    const { from, to } = rangeOf(view, long[next] ?? 0);
    const [low, high] = [Math.min(start, from), Math.max(end, to)];
    if (next > first && high - low > REACH_BYTES) break;
    [start, end] = [low, high];
  }
  const bytes = memoryAt(start, end - start);
  const ascii = isAscii(bytes);
  const near = bytes.toString("latin1");
  for (let at = first; at < next; at += 1) {
    const row = long[at] ?? 0;
    const { from, to } = rangeOf(view, row);
    const text = near.slice(from - start, to - start);
    const plain = ascii || !BEYOND_ASCII.test(text);
    texts[row] = plain ? text : bytes.toString("utf8", from - start, to - start);
  }
  return next;
}

/** The addresses of a long text; they have 48 bits, which a number holds exactly. */
function rangeOf(view: DataView, row: number): { readonly from: number; readonly to: number } {
  const header = row * HEADER_BYTES;
  const address = header + ADDRESS_AT;
  const from = view.getUint32(address + 4, true) * WORD + view.getUint32(address, true);
  return { from, to: from + view.getUint32(header, true) };
}

/** Is there as long as the chunk is. */
function memoryAt(address: number, bytes: number): Buffer {
  const pointer = new DataView(new ArrayBuffer(8));
  pointer.setBigUint64(0, BigInt(address), true);
  return bufferOf(duckdb.get_data_from_pointer(pointer.buffer, 0, bytes));
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
