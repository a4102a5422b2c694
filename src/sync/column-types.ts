/** What `check` says about columns whose type no value of which fits where it goes. */
import { leavesOf } from "../checks/leaves.js";
import type { ColumnExpression, ColumnRef, Declaration } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { consumedBy, type Consumed } from "../mapping/consumed.js";
import { restFields, restForm } from "../mapping/expand-rest.js";
import { fieldTakes } from "../mapping/field-type.js";
import type { CheckedMapping, Form, ValueForm } from "../mapping/form.js";
import type { SourceColumn } from "../sources/source.js";
import { columnKind, refusesAll, type ColumnKind } from "./column-fit.js";

/**
 * Finds columns that a field of the mapping takes no value of, whatever they hold: a record with one
 * would be rejected. Columns of text are not looked at, nor paths that go into a column.
 *
 * @param columns those of the source
 */
export function columnTypeProblems(
  declaration: Declaration,
  mapping: CheckedMapping,
  columns: readonly SourceColumn[],
): readonly Diagnostic[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const fields = formsOf(mapping).flatMap((form) =>
    typedColumns(columnsRead(form, declaration), types)
      .filter(({ kind }) => refusesAll(form, kind))
      .map((column) => misfit(column, neverTaken(form))),
  );
  const identifiers = [...declaration.identifiers].flatMap(([name, expression]) =>
    typedColumns(columnsOf(expression), types)
      .filter(({ kind }) => !kind.identifies)
      .map((column) => misfit(column, `an identifier (\`${name}\`) is text or a whole number`)),
  );
  return [...identifiers, ...fields];
}

interface TypedColumn {
  readonly ref: ColumnRef;
  readonly type: string;
  readonly kind: ColumnKind;
}

function typedColumns(
  refs: readonly ColumnRef[],
  types: ReadonlyMap<string, string>,
): readonly TypedColumn[] {
  return refs.flatMap((ref) => {
    const type = types.get(ref.name);
    const kind = type === undefined ? undefined : columnKind(type);
    return type === undefined || kind === undefined ? [] : [{ ref, type, kind }];
  });
}

/** Every single value that a mapping reads of a record, consent and countries too. */
function formsOf(mapping: CheckedMapping): readonly ValueForm[] {
  const forms: readonly Form[] =
    mapping.surface === "events" ? [mapping.event] : mapping.columns.map(({ form }) => form);
  const consent = mapping.onlyIf === undefined ? [] : [mapping.onlyIf];
  const consumed = consumedBy([...forms, ...consent]);
  const rests = forms.flatMap((form) => openRestOf(form, consumed));
  const leaves = [...forms, ...consent, ...rests].flatMap(leavesOf);
  const countries = leaves.flatMap(({ steps }) =>
    steps.country === undefined ? [] : leavesOf(steps.country),
  );
  return [...leaves, ...countries];
}

/** Meta's own fields in the rests of open objects, from where no other form reads them. */
function openRestOf(form: Form, consumed: Consumed): readonly Form[] {
  if (form.kind !== "object") return [];
  const { at, field, fields, rest } = form;
  const inner = fields.flatMap((one) => openRestOf(one.form, consumed));
  if (rest === undefined || !field.open) return inner;
  const written = new Set(fields.map(({ name }) => name));
  const own = restFields(field.fields, written, rest).map(([name, one]) => {
    const sources = rest.sources.filter((source) => !consumed(source, undefined).has(name));
    return restForm(name, one, { ...rest, sources }, at);
  });
  return [...inner, ...own];
}

/** The columns whose values a form gets as they are. */
function columnsRead({ source }: ValueForm, declaration: Declaration): readonly ColumnRef[] {
  if (source.kind !== "paths") return [];
  return source.paths.flatMap(({ root, parts: [name, ...deeper] }) => {
    if ((root !== "payload" && root !== "key") || name === undefined || deeper.length > 0)
      return [];
    const expression = declaration[root].get(name);
    // Several columns together are a list, whatever each of them is.
    return expression?.kind === "first" ? expression.columns : [];
  });
}

function columnsOf(expression: ColumnExpression): readonly ColumnRef[] {
  return expression.kind === "constant" ? [] : expression.columns;
}

function neverTaken({ at, field, steps }: ValueForm): string {
  return field.kind === "any" && steps.as !== undefined
    ? `\`${at}\` never becomes \`${steps.as}\` of that`
    : `\`${at}\` takes none of that${fieldTakes(field)}`;
}

function misfit({ ref, type, kind }: TypedColumn, why: string): Diagnostic {
  return {
    code: "sync.column_type",
    severity: "error",
    message: `column \`${ref.name}\` is ${type}, and ${why}`,
    remedy: kind.remedy,
    place: ref.place,
  };
}
