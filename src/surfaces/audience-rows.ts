import type { Json } from "../core/json.js";
import type { ColumnRole } from "../generated/fields.js";

/** The usable values of one column for one record. */
export interface ColumnValues {
  readonly name: string;
  readonly role: ColumnRole;
  /** Goes into every row and never makes one. */
  readonly everyRow: boolean;
  readonly values: readonly Json[];
}

/** The rows of one record: which columns they use, and cells by column position. */
export interface AudienceRows {
  readonly columns: readonly number[];
  readonly rows: readonly (readonly (Json | undefined)[])[];
}

/**
 * Lays the values of a record out in rows.
 *
 * `separate`: one row when every column has one value, else a row per value, the other cells
 * blank. `combined`: row k holds the k-th value of each column, single values repeated.
 */
export function audienceRows(
  values: readonly ColumnValues[],
  layout: "separate" | "combined",
): AudienceRows {
  const filled = values
    .map((column, position): FilledColumn => ({ ...column, position }))
    .filter((column) => column.values.length > 0);
  const makers = filled.filter(({ everyRow }) => !everyRow);
  const single = makers.every((column) => column.values.length === 1);
  const rows =
    single || layout === "combined"
      ? combined(values.length, makers)
      : separate(values.length, makers);
  for (const { position, values: cells } of filled.filter(({ everyRow }) => everyRow))
    for (const row of rows) row[position] = cells[0];
  return { columns: filled.map(({ position }) => position), rows };
}

interface FilledColumn extends ColumnValues {
  readonly position: number;
}

type Row = (Json | undefined)[];

function blankRow(width: number): Row {
  return new Array<Json | undefined>(width).fill(undefined);
}

function separate(width: number, makers: readonly FilledColumn[]): Row[] {
  return makers.flatMap(({ position, values }) =>
    values.map((cell) => {
      const row = blankRow(width);
      row[position] = cell;
      return row;
    }),
  );
}

function combined(width: number, makers: readonly FilledColumn[]): Row[] {
  const height = Math.max(...makers.map(({ values }) => values.length));
  return Array.from({ length: height }, (_, index) => {
    const row = blankRow(width);
    for (const { position, values } of makers)
      row[position] = values.length === 1 ? values[0] : values[index];
    return row;
  });
}
