/** Compiles the column expressions of a declaration to readers of batches. */
import type { ColumnExpression, Declaration, StateOperations } from "../config/sync-file.js";
import { isJsonArray, type Json } from "../core/json.js";
import { isBlank } from "../mapping/convert.js";
import type { Read, ReadAll } from "../mapping/shape.js";
import type { ColumnBatch } from "./source.js";

/** Where the columns of a batch are: name to position. */
export type Positions = ReadonlyMap<string, number>;

/** One value: the first that is not blank, or the list of all that are not. */
export function readValue(expression: ColumnExpression, positions: Positions): Read<ColumnBatch> {
  if (expression.kind === "constant") return () => expression.value;
  const cells = readCells(expression, positions);
  if (expression.kind === "all") {
    return (batch, row) => {
      const values = contents(cells, batch, row);
      return values.length === 0 ? undefined : values;
    };
  }
  return firstFilled(cells);
}

/** Every value as a list of its own: the elements of a list that a column holds are values too. */
export function readValues(
  expression: ColumnExpression,
  positions: Positions,
): ReadAll<ColumnBatch> {
  if (expression.kind === "constant") {
    const values = filled(expression.value);
    return () => values;
  }
  const cells = readCells(expression, positions);
  if (expression.kind === "all") return (batch, row) => contents(cells, batch, row);
  const first = firstFilled(cells);
  return (batch, row) => {
    const value = first(batch, row);
    if (value === undefined) return NONE;
    return isJsonArray(value) ? filled(value) : [value];
  };
}

/** The expressions of a declaration, in the order in which a person reads them. */
export function expressionsOf(declaration: Declaration): readonly ColumnExpression[] {
  const { key, identifiers, payload } = declaration;
  const own =
    declaration.kind === "state"
      ? [declaration.target, ...operationOf(declaration.operations)]
      : [declaration.eventName, declaration.occurredAt.from];
  return [...key.values(), ...own, ...identifiers.values(), ...payload.values()];
}

function operationOf(operations: StateOperations): readonly ColumnExpression[] {
  return operations.kind === "listed" ? [{ kind: "first", columns: [operations.column] }] : [];
}

const NONE: readonly Json[] = [];

type Cell = (batch: ColumnBatch, row: number) => Json;

function readCells(
  { columns }: Exclude<ColumnExpression, { kind: "constant" }>,
  positions: Positions,
): readonly Cell[] {
  return columns.map(({ name }) => {
    const position = positions.get(name);
    if (position === undefined) throw new RangeError("the columns were not checked");
    return (batch, row) => batch.columns[position]?.[row] ?? null;
  });
}

function firstFilled(cells: readonly Cell[]): Read<ColumnBatch> {
  const [only] = cells;
  if (only !== undefined && cells.length === 1)
    return (batch, row) => {
      const value = only(batch, row);
      return isEmpty(value) ? undefined : value;
    };
  return (batch, row) => {
    for (const cell of cells) {
      const value = cell(batch, row);
      if (!isEmpty(value)) return value;
    }
    return undefined;
  };
}

function contents(cells: readonly Cell[], batch: ColumnBatch, row: number): readonly Json[] {
  const values: Json[] = [];
  for (const cell of cells) {
    const value = cell(batch, row);
    if (isJsonArray(value)) values.push(...filled(value));
    else if (!isBlank(value)) values.push(value);
  }
  return values;
}

function filled(value: Json | undefined): readonly Json[] {
  if (isBlank(value)) return NONE;
  return isJsonArray(value) ? value.filter((one) => !isBlank(one)) : [value];
}

function isEmpty(value: Json): boolean {
  return isJsonArray(value) ? value.every(isBlank) : isBlank(value);
}
