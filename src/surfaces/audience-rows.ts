import type { Json } from "../core/json.js";

/** What a column means for the rows of a record. */
export interface RowColumn {
  /** Goes into every row and never makes one. */
  readonly everyRow: boolean;
}

/** The rows of one record: which columns they use, and cells by column position. */
export interface AudienceRows {
  readonly columns: readonly number[];
  readonly rows: readonly (readonly (Json | undefined)[])[];
}

/** The usable values of one record, by column position. */
export type ColumnValues = readonly (readonly Json[])[];

/**
 * Lays the values of a record out in rows.
 *
 * `separate`: one row when every column has one value, else a row per value, the other cells
 * blank. `combined`: row k holds the k-th value of each column, single values repeated.
 */
export function audienceRows(
  columns: readonly RowColumn[],
  values: ColumnValues,
  layout: "separate" | "combined",
): AudienceRows {
  const filled: number[] = [];
  let single = true;
  let position = 0;
  for (const { length } of values) {
    if (length > 0) filled.push(position);
    if (length > 1 && columns[position]?.everyRow === false) single = false;
    position += 1;
  }
  if (single) return { columns: filled, rows: [values.map(firstOf)] };
  const used = values.flatMap((cells, position): Filled[] =>
    cells.length === 0 ? [] : [{ cells, position, everyRow: columns[position]?.everyRow === true }],
  );
  const makers = used.filter(({ everyRow }) => !everyRow);
  const rows =
    layout === "combined" ? combined(values.length, makers) : separate(values.length, makers);
  for (const { position, cells } of used.filter(({ everyRow }) => everyRow))
    for (const row of rows) row[position] = cells[0];
  return { columns: filled, rows };
}

function firstOf(cells: readonly Json[]): Json | undefined {
  return cells[0];
}

interface Filled extends RowColumn {
  readonly position: number;
  readonly cells: readonly Json[];
}

type Row = (Json | undefined)[];

function blankRow(width: number): Row {
  return new Array<Json | undefined>(width).fill(undefined);
}

function separate(width: number, makers: readonly Filled[]): Row[] {
  return makers.flatMap(({ position, cells }) =>
    cells.map((cell) => {
      const row = blankRow(width);
      row[position] = cell;
      return row;
    }),
  );
}

function combined(width: number, makers: readonly Filled[]): Row[] {
  const height = Math.max(...makers.map(({ cells }) => cells.length));
  return Array.from({ length: height }, (_, index) => {
    const row = blankRow(width);
    for (const { position, cells } of makers)
      row[position] = cells.length === 1 ? cells[0] : cells[index];
    return row;
  });
}
