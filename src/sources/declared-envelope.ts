import type { Declaration } from "../config/sync-file.js";
import { derivedNames, textOfKey } from "../core/identity.js";
import type { Json } from "../core/json.js";
import type { Rejection, RejectionCode } from "../core/record.js";
import { fail, ok, type Result } from "../core/result.js";
import type { ReadAll } from "../mapping/shape.js";
import type { Envelope, Rows } from "../surfaces/rows.js";
import type { DeclaredFields } from "./declared-fields.js";
import type { ColumnBatch } from "./source.js";

/**
 * Compiles what a planner asks of every row first. A row without a key goes by its number in the
 * source (`#17`), any other by its key in canonical JSON, or a digest of that where it would show
 * one of the row's identifiers.
 */
export function readEnvelope(
  declaration: Declaration,
  fields: DeclaredFields,
  identifiers: readonly ReadAll<ColumnBatch>[],
): Rows<ColumnBatch>["envelope"] {
  const hasTarget = declaration.kind === "state";
  const isMirrored = hasTarget && declaration.operations.kind === "mirrored";
  const valuesOf = allValues(identifiers);
  return (batch, row): Result<Envelope, Rejection> => {
    const fault = batch.faults?.get(row);
    if (fault !== undefined)
      return reject(numberOf(batch, row), "invalid_record", "", `The row ${fault}.`);
    const key = fields.keyObject(batch, row);
    const target = fields.target(batch, row);
    const names = derivedNames(key, target, valuesOf(batch, row));
    if (names === undefined) return reject(numberOf(batch, row), "missing_identity", "key", NO_KEY);
    const { identity } = names;
    if (hasTarget && target === undefined)
      return reject(identity, "missing_target", "target", "The row names no target (an audience).");
    const operation = fields.operation(batch, row);
    if (operation === undefined)
      return reject(
        identity,
        "invalid_value",
        "operation",
        "The operation column holds neither `upsert` nor `remove`.",
      );
    return ok({
      identity,
      operation,
      target: target ?? "",
      member: isMirrored ? textOfKey(key) : undefined,
    });
  };
}

const NO_KEY = "The row has no value in its key.";

function numberOf({ firstRow }: ColumnBatch, row: number): string {
  return `#${firstRow + row}`;
}

/** The values of all identifiers of a row, one after another. */
function allValues(identifiers: readonly ReadAll<ColumnBatch>[]): ReadAll<ColumnBatch> {
  const [only] = identifiers;
  if (only !== undefined && identifiers.length === 1) return only;
  // Nobody keeps them, and nearly always there is one of each.
  const values: Json[] = [];
  return (batch, row) => {
    let count = 0;
    for (const read of identifiers)
      for (const value of read(batch, row)) {
        values[count] = value;
        count += 1;
      }
    if (count !== values.length) values.length = count;
    return values;
  };
}

function reject(
  identity: string,
  code: RejectionCode,
  field: string,
  message: string,
): Result<never, Rejection> {
  return fail({ identity, code, field, message });
}
