import type { Entry } from "../surfaces/entry.js";

/**
 * The bytes that an entry takes in a body, with its separating commas: never less than what it
 * takes in truth (an audience row is measured as if every column of the mapping had a cell).
 */
export function entryBytes(entry: Entry): number {
  if (entry.surface === "events") return jsonBytes(entry.event);
  let bytes = 0;
  for (const row of entry.rows)
    bytes += jsonBytes(Array.from(row, (cell) => cell ?? "")) + row.length;
  return bytes;
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8") + 1;
}
