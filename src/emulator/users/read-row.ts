import { graphValidator, type SchemaValidator } from "../../core/ajv.js";
import { canonicalJson } from "../../core/digest.js";
import type { Json } from "../../core/json.js";
import { COLUMNS, type HashRule } from "../../generated/fields.js";
import { identifiersOf, type Cells } from "../world/identifiers.js";

/** A malformed cell, by what Meta names it: its text, and why it is refused. */
export type InvalidSample = readonly [cell: string, reason: string];

/** What an uploaded row turns out to be. An invalid row without samples has no cell to blame. */
export type ReadRow =
  | { readonly kind: "valid"; readonly cells: Cells }
  | { readonly kind: "invalid"; readonly samples: readonly InvalidSample[] };

/** Reads the cells of a row against the columns of its upload; both have the same length. */
export function readRow(columns: readonly string[], row: readonly Json[]): ReadRow {
  const cells = new Map<string, Json>();
  const samples: InvalidSample[] = [];
  columns.forEach((column, position) => {
    const cell = row[position];
    if (cell === undefined || isBlank(column, cell)) return;
    if (validatorOf(column)(cell).length === 0) cells.set(column, cell);
    else samples.push([sampleText(cell), REASONS[COLUMNS[column]?.field.hash ?? "never"]]);
  });
  return samples.length === 0 && identifiersOf(cells).length > 0
    ? { kind: "valid", cells }
    : { kind: "invalid", samples };
}

const REASONS: Readonly<Record<HashRule, string>> = {
  required: "not a SHA-256 digest in lower-case hex",
  optional: "malformed",
  never: "malformed",
};

/** Both the column's own blank and an empty text mean that the cell is unknown. */
function isBlank(column: string, cell: Json): boolean {
  if (cell === "") return true;
  const blank = COLUMNS[column]?.blank;
  // A value or a state code of 0 says something; only an empty list says nothing.
  return Array.isArray(blank) && canonicalJson(cell) === "[]";
}

function sampleText(cell: Json): string {
  return typeof cell === "string" ? cell : canonicalJson(cell);
}

const validators = new Map<string, SchemaValidator>();

function validatorOf(column: string): SchemaValidator {
  const known = validators.get(column);
  if (known !== undefined) return known;
  const validator = graphValidator(`AudienceRow/properties/${column}`);
  validators.set(column, validator);
  return validator;
}
