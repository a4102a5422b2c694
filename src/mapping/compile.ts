/** Compiles a checked mapping for rows of one shape. */
import { isJsonObject, type JsonObject } from "../core/json.js";
import { COLUMNS, type Column } from "../generated/fields.js";
import type { Binder } from "./binder.js";
import { consumedBy } from "./consumed.js";
import type { CheckedMapping, ColumnForm, Form, Requirement } from "./form.js";
import { identifierTypes } from "./identifier-types.js";
import { RECORD_SHAPE } from "./record-shape.js";
import { renderForm } from "./render-form.js";
import { renderValues, type Values } from "./render-value.js";
import { unmappedCounter } from "./rest-source.js";
import { emptyTally, type Expression, type ListenTo, type Scope, type Tally } from "./scope.js";
import type { Shape } from "./shape.js";
import { formWriter } from "./write/write-form.js";
import { digestWriter, isPlainText } from "./write/write-text.js";
import type { Questions, Writer } from "./write/writer.js";

interface CompiledParts<B> {
  /** Not true means that the record is withheld. */
  readonly onlyIf: Expression<B> | undefined;
  readonly require: Requirement;
  /** What stands in the body around the entries. */
  readonly request: JsonObject;
  /** The identifier types that the mapping reads. */
  readonly identifierTypes: ReadonlySet<string>;
  /** A scope for a run; expressions are called with it, row by row. */
  scope(batch: B, tally: Tally): Scope<B>;
}

/** A mapping for events, ready to render. */
export interface CompiledEvents<B> extends CompiledParts<B> {
  readonly surface: "events";
  readonly event: Expression<B>;
  /** Writes the event instead, as canonical JSON. */
  writer(questions: Questions): Writer<B>;
}

/** A mapping for audiences, ready to render. */
export interface CompiledAudiences<B> extends CompiledParts<B> {
  readonly surface: "custom_audiences";
  readonly rows: "separate" | "combined";
  readonly columns: readonly CompiledColumn<B>[];
}

/** One audience column. */
export interface CompiledColumn<B> {
  readonly name: string;
  readonly column: Column;
  /** Every usable value of a row. */
  readonly values: Values<B>;
  /** Writes the only value of a row instead; for columns of digests, of which nothing else is to be known. */
  readonly write: Writer<B> | undefined;
  /** Goes into every row and never makes one: constants, and what the spec marks so. */
  readonly everyRow: boolean;
  /** A record without a value is refused. */
  readonly required: boolean;
  /** Its values are digests by the mapping, which is all that the spec says of them. */
  readonly isProven: boolean;
}

/** A mapping compiled for rows of the shape `B`. */
export type CompiledMapping<B> = CompiledEvents<B> | CompiledAudiences<B>;

/**
 * Compiles a mapping. Works alike on contract records and on the columns of a source; for columns
 * no object is built per row but the result.
 *
 * @param config what `config.…` paths read
 * @param listenTo chooses the forms whose values it wants to hear of, row by row
 */
export function compile<B>(
  mapping: CheckedMapping,
  shape: Shape<B>,
  config: ReadonlyMap<string, string>,
  listenTo: ListenTo = NOBODY,
): CompiledMapping<B> {
  const forms = formsOf(mapping);
  const binder = binderOf(shape, config, forms, listenTo);
  const parts: CompiledParts<B> = {
    onlyIf: mapping.onlyIf && renderForm(mapping.onlyIf, binder),
    require: mapping.require,
    request: renderRequest(mapping, config),
    identifierTypes: new Set(forms.flatMap(identifierTypes)),
    scope: scopeOf,
  };
  return mapping.surface === "events"
    ? {
        ...parts,
        surface: "events",
        event: renderForm(mapping.event, binder),
        writer: (questions) => formWriter(mapping.event, binder, questions),
      }
    : {
        ...parts,
        surface: "custom_audiences",
        rows: mapping.rows,
        columns: compileColumns(mapping, binder),
      };
}

const NOBODY: ListenTo = () => undefined;

/** True when the audience of this mapping must be value-based. */
export function writesValue(mapping: CheckedMapping): boolean {
  return (
    mapping.surface === "custom_audiences" &&
    mapping.columns.some(({ column, written }) => written && column.everyRow === "required")
  );
}

/** Every form that reads records: the event or the columns, and `only_if`. */
export function formsOf(mapping: CheckedMapping): readonly Form[] {
  const body =
    mapping.surface === "events" ? [mapping.event] : mapping.columns.map(({ form }) => form);
  return mapping.onlyIf === undefined ? body : [...body, mapping.onlyIf];
}

function binderOf<B>(
  shape: Shape<B>,
  config: ReadonlyMap<string, string>,
  forms: readonly Form[],
  listenTo: ListenTo,
): Binder<B> {
  const consumed = consumedBy(forms);
  return { shape, config, consumed, element: undefined, listenTo, render: renderForm };
}

function compileColumns<B>(
  { columns, rest }: Extract<CheckedMapping, { surface: "custom_audiences" }>,
  binder: Binder<B>,
): readonly CompiledColumn<B>[] {
  const compiled = columns.map((column) => compileColumn(column, binder));
  const [first, ...others] = compiled;
  if (rest === undefined || first === undefined) return compiled;
  // What the columns have no place for is counted once a record: along with the first of them.
  const countUnmapped = unmappedCounter(Object.keys(COLUMNS), rest, binder);
  const values: Values<B> = (scope) => {
    countUnmapped(scope);
    return first.values(scope);
  };
  return [{ ...first, values, write: undefined }, ...others];
}

function compileColumn<B>(form: ColumnForm, binder: Binder<B>): CompiledColumn<B> {
  const { name, column, written, form: inner } = form;
  const digests = column.field.hash === "required" && inner.kind === "value" && inner.steps.hash;
  return {
    name,
    column,
    values: columnValues(inner, binder),
    write: digests && isPlainText(inner) ? digestWriter(inner, binder) : undefined,
    everyRow: column.everyRow !== "no" || isSameForAll(inner),
    required: written && column.everyRow === "required",
    isProven: digests,
  };
}

/** A plain column takes every value of an identifier type; one of lists takes one list. */
function columnValues<B>(form: Form, binder: Binder<B>): Values<B> {
  if (form.kind === "value" && form.field.kind !== "array") return renderValues(form, binder);
  const single = renderForm(form, binder);
  return (scope) => {
    const value = single(scope);
    return value === undefined ? [] : [value];
  };
}

/** Constants and the configuration say nothing about who is meant. */
function isSameForAll(form: Form): boolean {
  if (form.kind !== "value" || form.source.kind === "identifier") return false;
  return (
    form.source.kind === "constant" || form.source.paths.every(({ root }) => root === "config")
  );
}

/** `request` reads constants and `config` only, so it is rendered once, for no record. */
function renderRequest(mapping: CheckedMapping, config: ReadonlyMap<string, string>): JsonObject {
  const render = renderForm(mapping.request, binderOf(RECORD_SHAPE, config, [], NOBODY));
  const rendered = render(scopeOf([], emptyTally()));
  return isJsonObject(rendered) ? rendered : {};
}

function scopeOf<B>(batch: B, tally: Tally): Scope<B> {
  return { batch, index: 0, item: undefined, fault: undefined, tally };
}
