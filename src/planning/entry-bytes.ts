import { lengthOf } from "../core/written.js";
import type { AudienceEntry, Entry } from "../surfaces/entry.js";
import { WrittenRow } from "../surfaces/written-row.js";

/**
 * The bytes that an entry takes in a body, with its separating commas: never less than what it
 * takes in truth (an audience row is measured as if every column of the mapping had a cell).
 */
export function entryBytes(entry: Entry): number {
  if (entry.surface === "events") return lengthOf(entry.json) + 1;
  if (entry instanceof WrittenRow) return writtenBytes(entry);
  return entry.rows.reduce((bytes, row) => bytes + rowBytes(row), 0);
}

/** The bytes of the largest part of an entry that is sent alone, where each row is. */
export function largestRowBytes(entry: Entry): number {
  return entry.surface === "events" ? entryBytes(entry) : Math.max(0, ...entry.rows.map(rowBytes));
}

/** The same without reading the row: each cell that it lacks is blank, `"",`. */
function writtenBytes(row: WrittenRow): number {
  return lengthOf(row) + (row.width - row.columns.length) * 3 + row.width + 1;
}

function rowBytes(row: AudienceEntry["rows"][number]): number {
  return jsonBytes(Array.from(row, (cell) => cell ?? "")) + row.length;
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8") + 1;
}
