/** Custom audiences: a record becomes one or more rows of an audience. */
import type { SchemaViolation } from "../core/ajv.js";
import type { Json } from "../core/json.js";
import { MAX_ROWS_PER_REQUEST } from "../generated/constants.js";
import type { CompiledAudiences, CompiledColumn } from "../mapping/compile.js";
import { startRow, type Scope, type Tally } from "../mapping/scope.js";
import type { AudienceEntry, Rejected, Renderer, Rendering } from "./entry.js";
import { reject, rejectFault, rejectViolation } from "./rejecting.js";
import { cellCheck } from "./cell-check.js";
import type { OrdinaryRows } from "./ordinary-rows.js";
import { rowNeeds } from "./row-needs.js";
import { holdAgainst, sampler } from "./samples.js";
import { isPersonalText } from "./personal-text.js";
import { audienceRows, type ColumnValues } from "./audience-rows.js";
import type { Envelope, Rows } from "./rows.js";

/** A name is shown, kept and sent plain; a column of addresses in its place would make an audience of each. */
const PERSONAL_TARGET =
  "The name of an audience holds an e-mail address or a telephone number; is `target` the right column?";

/**
 * Makes the renderer of audience rows.
 *
 * @param ordinary writes ordinary rows straight away; without it, every row is rendered first
 */
export function audienceRenderer<B>(
  rows: Rows<B>,
  compiled: CompiledAudiences<B>,
  tally: Tally,
  ordinary?: OrdinaryRows<B>,
): Renderer<B> {
  const render = anyRow(compiled, tally);
  const isSample = sampler();
  return (batch, index) => {
    const envelope = rows.envelope(batch, index);
    if (!envelope.ok) return { kind: "rejection", rejection: envelope.error };
    const { identity, target } = envelope.value;
    if (isPersonalText(target)) return reject(identity, "personal_data", "target", PERSONAL_TARGET);
    const entry = ordinary?.(envelope.value, batch, index);
    if (entry === undefined) return render(envelope.value, batch, index);
    if (isSample()) holdAgainst(render(envelope.value, batch, index), entry);
    return { kind: "entry", entry };
  };
}

function anyRow<B>(
  compiled: CompiledAudiences<B>,
  tally: Tally,
): (envelope: Envelope, batch: B, index: number) => Rendering {
  const render = rowRenderer(compiled);
  let scope: Scope<B> | undefined;
  return (envelope, batch, index) => {
    scope ??= compiled.scope(batch, tally);
    startRow(scope, batch, index);
    const rendering = render(envelope, scope);
    return rendering.kind === "rejection" ? { ...rendering, target: envelope.target } : rendering;
  };
}

function rowRenderer<B>(
  compiled: CompiledAudiences<B>,
): (envelope: Envelope, scope: Scope<B>) => Rendering {
  const { columns, onlyIf, rows: layout } = compiled;
  const needs = rowNeeds(compiled);
  const firstViolation = cellChecks(columns);
  return ({ identity, operation, target, member }, scope) => {
    if (operation === "import")
      return reject(
        identity,
        "invalid_record",
        "operation",
        "Audiences take `upsert` and `remove`.",
      );
    const removing = operation === "remove";
    if (!removing && onlyIf !== undefined && onlyIf(scope) !== true)
      return scope.fault === undefined
        ? { kind: "withheld", identity }
        : rejectFault(identity, scope.fault);
    const values = columnValues(columns, removing, scope);
    if (scope.fault !== undefined) return rejectFault(identity, scope.fault);
    const judged = needs((at) => isFilled(values[at]), removing);
    if (!judged.areMet) return missing(identity, judged.lacking);
    const violation = firstViolation(values);
    if (violation !== undefined) return rejectViolation(identity, violation);
    const laid = audienceRows(columns, values, layout);
    const items = laid.rows.length;
    if (items > MAX_ROWS_PER_REQUEST)
      return reject(
        identity,
        "too_many_rows",
        "identifiers",
        `The record makes ${String(items)} rows; Meta takes ${String(MAX_ROWS_PER_REQUEST)} in one request.`,
      );
    const entry: AudienceEntry = {
      surface: "custom_audiences",
      identity,
      operation,
      target,
      member,
      items,
      columns: laid.columns,
      rows: laid.rows,
    };
    return { kind: "entry", entry };
  };
}

/** What every row carries (a value, a limited-data flag) says nothing to a removal. */
function columnValues<B>(
  columns: readonly CompiledColumn<B>[],
  removing: boolean,
  scope: Scope<B>,
): ColumnValues {
  return columns.map(({ column, values }) =>
    removing && column.everyRow !== "no" ? NOTHING : values(scope),
  );
}

const NOTHING: readonly Json[] = [];

function isFilled(cells: readonly Json[] | undefined): cells is readonly Json[] {
  return cells !== undefined && cells.length > 0;
}

function missing(identity: string, lacking: string | undefined): Rejected {
  const what = lacking === undefined ? "identifier" : `\`${lacking.replaceAll(" | ", "` or `")}\``;
  const message = `The record has no usable ${what}.`;
  return reject(identity, "missing", lacking ?? "identifiers", message);
}

/** Holds each cell against the spec of its column, unless the mapping proves it. */
function cellChecks<B>(
  columns: readonly CompiledColumn<B>[],
): (values: ColumnValues) => SchemaViolation | undefined {
  const checks = columns.map(({ name, isProven }) => (isProven ? NO_CHECK : cellCheck(name)));
  return (values) => {
    for (let at = 0; at < checks.length; at += 1) {
      const violation = checks[at]?.(values[at]);
      if (violation !== undefined) return violation;
    }
    return undefined;
  };
}

const NO_CHECK = (): undefined => undefined;
