import { canonicalJson } from "../../core/digest.js";
import type { Json } from "../../core/json.js";
import { COLUMNS, type ColumnRole } from "../../generated/fields.js";

/** The cells of one uploaded row that are not blank, by column name. */
export type Cells = ReadonlyMap<string, Json>;

/** One cell as text: `EMAIL=<digest>`. */
export function cellText(column: string, value: Json): string {
  return `${column}=${typeof value === "string" ? value : canonicalJson(value)}`;
}

/**
 * What Meta can find a person by in a row: each key cell, or, in a row without any, its context
 * cells taken together (`CT=…&FN=…`, columns in alphabetical order).
 */
export function identifiersOf(cells: Cells): readonly string[] {
  const keys = cellsOf(cells, "key");
  if (keys.length > 0) return keys;
  const context = cellsOf(cells, "context");
  return context.length > 0 ? [context.join("&")] : [];
}

/** The cells that say something about the person and find nobody: attributes, and context beside a key. */
export function besides(cells: Cells): readonly string[] {
  const attributes = cellsOf(cells, "attribute");
  return cellsOf(cells, "key").length > 0
    ? [...cellsOf(cells, "context"), ...attributes].sort()
    : attributes;
}

function cellsOf(cells: Cells, role: ColumnRole): readonly string[] {
  const texts: string[] = [];
  for (const [column, value] of cells) {
    if (COLUMNS[column]?.role === role) texts.push(cellText(column, value));
  }
  return texts.sort();
}
