/** Custom audiences: a record becomes one or more rows of an audience. */
import { graphValidator, type SchemaValidator } from "../core/ajv.js";
import { MAX_ROWS_PER_REQUEST } from "../generated/constants.js";
import type { CompiledAudiences, CompiledColumn } from "../mapping/compile.js";
import type { Requirement } from "../mapping/form.js";
import type { Scope, Tally } from "../mapping/scope.js";
import type { Renderer, Rendering } from "./entry.js";
import { reject, rejectFault, rejectViolation } from "./rejecting.js";
import { isPersonalText } from "./personal-text.js";
import { audienceRows, type ColumnValues } from "./audience-rows.js";
import type { Envelope, Rows } from "./rows.js";

/** A name is shown, kept and sent plain; a column of addresses in its place would make an audience of each. */
const PERSONAL_TARGET =
  "The name of an audience holds an e-mail address or a telephone number; is `target` the right column?";

/** Makes the renderer of audience rows. */
export function audienceRenderer<B>(
  rows: Rows<B>,
  compiled: CompiledAudiences<B>,
  tally: Tally,
): Renderer<B> {
  const checks = compiled.columns.map(({ name }) =>
    graphValidator(`AudienceRow/properties/${name}`),
  );
  let scope: Scope<B> | undefined;
  return (batch, index) => {
    const envelope = rows.envelope(batch, index);
    if (!envelope.ok) return { kind: "rejection", rejection: envelope.error };
    const { identity, target } = envelope.value;
    if (isPersonalText(target)) return reject(identity, "personal_data", "target", PERSONAL_TARGET);
    scope ??= compiled.scope(batch, tally);
    Object.assign(scope, { batch, index, fault: undefined });
    const rendering = renderRow(envelope.value, compiled, checks, scope);
    return rendering.kind === "rejection" ? { ...rendering, target } : rendering;
  };
}

function renderRow<B>(
  { identity, operation, target, member }: Envelope,
  compiled: CompiledAudiences<B>,
  checks: readonly SchemaValidator[],
  scope: Scope<B>,
): Rendering {
  if (operation === "import")
    return reject(identity, "invalid_record", "operation", "Audiences take `upsert` and `remove`.");
  const removing = operation === "remove";
  if (!removing && compiled.onlyIf !== undefined && compiled.onlyIf(scope) !== true)
    return scope.fault === undefined
      ? { kind: "withheld", identity }
      : rejectFault(identity, scope.fault);
  const values = columnValues(compiled.columns, removing, scope);
  if (scope.fault !== undefined) return rejectFault(identity, scope.fault);
  const lacking = removing ? undefined : lackingColumn(values, compiled);
  if (lacking !== undefined || !values.some(identifies))
    return reject(identity, "missing", lacking ?? "identifiers", missingMessage(lacking));
  const violation = firstViolation(values, checks);
  if (violation !== undefined) return rejectViolation(identity, violation);
  const { columns, rows } = audienceRows(values, compiled.rows);
  if (rows.length > MAX_ROWS_PER_REQUEST)
    return reject(
      identity,
      "too_many_rows",
      "identifiers",
      `The record makes ${String(rows.length)} rows; Meta takes ${String(MAX_ROWS_PER_REQUEST)} in one request.`,
    );
  const items = rows.length;
  return {
    kind: "entry",
    entry: {
      surface: "custom_audiences",
      identity,
      operation,
      target,
      member,
      items,
      columns,
      rows,
    },
  };
}

/** What every row carries (a value, a limited-data flag) says nothing to a removal. */
function columnValues<B>(
  columns: readonly CompiledColumn<B>[],
  removing: boolean,
  scope: Scope<B>,
): readonly ColumnValues[] {
  return columns.map(({ name, column, everyRow, values }) => ({
    name,
    role: column.role,
    everyRow,
    values: removing && column.everyRow !== "no" ? [] : values(scope),
  }));
}

/** A cell that tells who is meant: not an attribute, and not the same for everybody. */
function identifies({ role, everyRow, values }: ColumnValues): boolean {
  return role !== "attribute" && !everyRow && values.length > 0;
}

function lackingColumn<B>(
  values: readonly ColumnValues[],
  { columns, require }: CompiledAudiences<B>,
): string | undefined {
  const filled = new Set(
    values.flatMap(({ name, values: cells }) => (cells.length > 0 ? [name] : [])),
  );
  const required = columns.find((column) => column.required && !filled.has(column.name));
  return required?.name ?? unmet(require, filled);
}

function unmet({ anyOf, allOf }: Requirement, filled: ReadonlySet<string>): string | undefined {
  const absent = allOf.find((name) => !filled.has(name));
  if (absent !== undefined) return absent;
  return anyOf.length === 0 || anyOf.some((name) => filled.has(name))
    ? undefined
    : anyOf.join(" | ");
}

function missingMessage(lacking: string | undefined): string {
  return lacking === undefined
    ? "The record has no usable identifier."
    : `The record has no usable \`${lacking.replaceAll(" | ", "` or `")}\`.`;
}

function firstViolation(values: readonly ColumnValues[], checks: readonly SchemaValidator[]) {
  for (const [position, { name, values: cells }] of values.entries())
    for (const cell of cells) {
      const violation = checks[position]?.(cell)[0];
      if (violation !== undefined) return { ...violation, pointer: `/${name}${violation.pointer}` };
    }
  return undefined;
}
