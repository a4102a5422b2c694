/** Rows of a source as a planner takes them, by the declaration of a sync file. */
import type { ColumnExpression, Declaration } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Json } from "../core/json.js";
import { fail, ok, type Result } from "../core/result.js";
import type { ReadAll } from "../mapping/shape.js";
import type { Rows } from "../surfaces/rows.js";
import { readValues, type Positions } from "./column-expressions.js";
import { columnProblems, declaredColumns } from "./declared-columns.js";
import { readEnvelope } from "./declared-envelope.js";
import { readFields } from "./declared-fields.js";
import { declaredShape } from "./declared-shape.js";
import type { ColumnBatch, SourceColumn } from "./source.js";

export { declaredColumns };

/** A declaration that fits its source. */
export interface DeclaredRows {
  readonly rows: Rows<ColumnBatch>;
  /** The columns to ask the source for: batches must hold them in this order. */
  readonly wanted: readonly string[];
}

/** Checks every column of a declaration, and compiles it to readers of batches. */
export function declaredRows(
  declaration: Declaration,
  columns: readonly SourceColumn[],
): Result<DeclaredRows, readonly Diagnostic[]> {
  const problems = columnProblems(declaration, columns);
  if (problems.length > 0) return fail(problems);
  const wanted = declaredColumns(declaration);
  const positions: Positions = new Map(wanted.map((name, index) => [name, index]));
  const identifiers = mapValues(declaration.identifiers, (one) =>
    onceARow(readValues(one, positions)),
  );
  const fields = readFields(declaration, positions);
  return ok({
    rows: {
      shape: declaredShape(fields, identifiers),
      envelope: readEnvelope(declaration, fields, [...identifiers.values()]),
    },
    wanted,
  });
}

/** Values are asked for more than once while a row is planned: for its name, and for what is sent. */
function onceARow(read: ReadAll<ColumnBatch>): ReadAll<ColumnBatch> {
  let knownBatch: ColumnBatch | undefined;
  let knownRow = -1;
  let known: readonly Json[] = [];
  return (batch, row) => {
    if (batch !== knownBatch || row !== knownRow) {
      known = read(batch, row);
      knownBatch = batch;
      knownRow = row;
    }
    return known;
  };
}

function mapValues<T>(
  expressions: ReadonlyMap<string, ColumnExpression>,
  compile: (expression: ColumnExpression) => T,
): ReadonlyMap<string, T> {
  return new Map([...expressions].map(([name, expression]) => [name, compile(expression)]));
}
