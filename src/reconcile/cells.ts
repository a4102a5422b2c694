/** The cells of a row of an audience as a store keeps them: by column name, in a text of one form. */
import { canonicalJson } from "../core/digest.js";
import { isJsonArray, parseJson, type Json } from "../core/json.js";
import { COLUMNS, type ColumnRole } from "../generated/fields.js";

/** A column's name and what stands in it. */
export type Cell = readonly [column: string, value: Json];

/** What a column does, by Meta's spec, which the mapping's compiler has held its columns to. */
export function roleOf(column: string): ColumnRole {
  const known = COLUMNS[column];
  if (known === undefined) throw new TypeError(`the spec has no audience column ${column}`);
  return known.role;
}

/** The text of some cells; equal cells give equal text. */
export function cellsText(cells: readonly Cell[]): string {
  return canonicalJson(cells);
}

/** Reads a text of cells. */
export function readCells(text: string): readonly Cell[] {
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonArray(parsed.value)) throw new TypeError("this is no text of cells");
  return parsed.value.map(readCell);
}

function readCell(cell: Json): Cell {
  const [column, value] = isJsonArray(cell) ? cell : [];
  if (typeof column !== "string" || value === undefined)
    throw new TypeError("this is no text of cells");
  return [column, value];
}
