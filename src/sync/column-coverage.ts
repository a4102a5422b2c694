/** Coverage of a sync: what becomes of every column of its source. */
import { IDENTITY } from "../checks/coverage/coverage.js";
import { fieldReaders, type FieldReaders } from "../checks/coverage/field-readers.js";
import { identifierName } from "../checks/coverage/input-fields.js";
import type { ColumnExpression, Declaration, SyncFile } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { ok, type Result } from "../core/result.js";
import type { CheckedMapping } from "../mapping/form.js";
import { openSource } from "../sources/open-source.js";

/** What becomes of a column. */
export interface CoveredColumn {
  readonly column: string;
  /** `undeclared`: the declaration does not name it; `unmapped`: it does, and the mapping reads none of it. */
  readonly state: "mapped" | "unmapped" | "undeclared";
  /** The fields of a record that it is declared as. */
  readonly declaredAs: readonly string[];
  /** The fields of the result that read these. */
  readonly goesTo: readonly string[];
}

/** Opens the source of a sync for its columns; no row is sent, and of most sources none is read. */
export async function columnCoverage(
  { source, declaration }: SyncFile,
  mapping: CheckedMapping,
): Promise<Result<readonly CoveredColumn[], readonly Diagnostic[]>> {
  const opened = await openSource(source);
  if (!opened.ok) return opened;
  const fields = declaredFields(declaration, fieldReaders(mapping));
  const columns = opened.value.columns.map(({ name }) => coveredColumn(name, fields));
  opened.value.close();
  return ok(columns);
}

/** A field of the records that a declaration makes. */
interface DeclaredField {
  readonly field: string;
  readonly from: ColumnExpression;
  readonly goesTo: readonly string[];
}

function coveredColumn(column: string, fields: readonly DeclaredField[]): CoveredColumn {
  const own = fields.filter(
    ({ from }) => from.kind !== "constant" && from.columns.some(({ name }) => name === column),
  );
  const goesTo = [...new Set(own.flatMap((one) => one.goesTo))];
  const mapped = goesTo.length > 0 ? "mapped" : "unmapped";
  return {
    column,
    state: own.length === 0 ? "undeclared" : mapped,
    declaredAs: own.map(({ field }) => field),
    goesTo,
  };
}

function declaredFields(declaration: Declaration, readers: FieldReaders): readonly DeclaredField[] {
  return [
    ...[...declaration.key].map(([name, from]) => ({
      field: `key.${name}`,
      from,
      goesTo: [...readers.ofPath("key", name), IDENTITY],
    })),
    ...ownFields(declaration, readers),
    ...[...declaration.identifiers].map(([type, from]) => ({
      field: identifierName(type),
      from,
      goesTo: readers.ofIdentifier(type),
    })),
    ...[...declaration.payload].map(([name, from]) => ({
      field: `payload.${name}`,
      from,
      goesTo: readers.ofPath("payload", name),
    })),
  ];
}

/** The name of an audience and what to do with a row are no matter of mappings. */
function ownFields(declaration: Declaration, readers: FieldReaders): readonly DeclaredField[] {
  if (declaration.kind === "event") {
    const { eventName, occurredAt } = declaration;
    return [
      { field: "event_name", from: eventName, goesTo: readers.ofPath("event_name") },
      { field: "occurred_at", from: occurredAt.from, goesTo: readers.ofPath("occurred_at") },
    ];
  }
  const { target, operations } = declaration;
  const operation =
    operations.kind === "listed"
      ? [{ from: { kind: "first", columns: [operations.column] }, name: "operation" } as const]
      : [];
  return [{ from: target, name: "target" }, ...operation].map(({ from, name }) => ({
    field: name,
    from,
    goesTo: [name],
  }));
}
