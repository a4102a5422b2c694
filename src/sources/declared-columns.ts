/** Holds a declaration against the columns of its source. */
import type { ColumnRef, Declaration } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { nearName } from "../core/near-name.js";
import { expressionsOf } from "./column-expressions.js";
import type { SourceColumn } from "./source.js";

/** The columns that a declaration reads, each once, in the order of their first use. */
export function declaredColumns(declaration: Declaration): readonly string[] {
  return [...new Set(columnRefs(declaration).map(({ name }) => name))];
}

/** What is wrong with the columns of a declaration: unknown, given twice, or not readable. */
export function columnProblems(
  declaration: Declaration,
  columns: readonly SourceColumn[],
): readonly Diagnostic[] {
  const refs = columnRefs(declaration);
  const [first] = refs;
  if (first !== undefined && isStrange(declaration, columns)) return [noneOfThem(first)];
  return refs.flatMap((ref) => {
    const found = columns.filter(({ name }) => name === ref.name);
    const [column] = found;
    if (column === undefined) return [unknownColumn(ref, columns)];
    if (found.length > 1) return [ambiguousColumn(ref)];
    return BINARY.test(withoutNames(column.type)) ? [binaryColumn(ref, column)] : [];
  });
}

function columnRefs(declaration: Declaration): readonly ColumnRef[] {
  return expressionsOf(declaration).flatMap((expression) =>
    expression.kind === "constant" ? [] : expression.columns,
  );
}

const BINARY = /\b(?:BLOB|BYTEA|GEOMETRY|VARIANT)\b/;

/** The names in a STRUCT and the values of an ENUM stand in quotes. */
function withoutNames(type: string): string {
  return type.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, "");
}

/**
 * Whether a source has none of the columns, in whatever case: then what it calls so may be the first
 * row of a file without a header line, a person's values, which no message shows.
 */
function isStrange(declaration: Declaration, columns: readonly SourceColumn[]): boolean {
  const wanted = new Set(declaredColumns(declaration).map((name) => name.toLowerCase()));
  if (wanted.size < 2 || columns.length === 0) return false;
  return !columns.some(({ name }) => wanted.has(name.toLowerCase()));
}

function noneOfThem({ place }: ColumnRef): Diagnostic {
  return {
    code: "sync.unknown_column",
    severity: "error",
    message: "the source has none of the columns that this file names",
    remedy: "Is it the right one? Of a CSV file the first line must hold the names of its columns.",
    place,
  };
}

const LISTED = 20;

function unknownColumn({ name, place }: ColumnRef, columns: readonly SourceColumn[]): Diagnostic {
  const names = columns.map((column) => column.name);
  const near = nearName(name, names);
  const listed = names.slice(0, LISTED).map((one) => `\`${one}\``);
  const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : "";
  const remedy =
    near === undefined
      ? `It has ${listed.join(", ")}${more}. A text that stands in no column is written \`{value: …}\`.`
      : `Did you mean \`${near}\`?`;
  const message = `the source has no column \`${name}\``;
  return {
    code: "sync.unknown_column",
    severity: "error",
    message,
    remedy: names.length === 0 ? "It has no columns." : remedy,
    place,
  };
}

function ambiguousColumn({ name, place }: ColumnRef): Diagnostic {
  return {
    code: "sync.ambiguous_column",
    severity: "error",
    message: `the source has more than one column \`${name}\``,
    remedy: "Give each a name of its own, in SQL with `AS`.",
    place,
  };
}

function binaryColumn({ name, place }: ColumnRef, { type }: SourceColumn): Diagnostic {
  return {
    code: "sync.binary_column",
    severity: "error",
    message: `column \`${name}\` holds binary data (${type}), which records cannot carry`,
    remedy: "Turn it into text in SQL, for example with `hex`, `encode` or a cast.",
    place,
  };
}
