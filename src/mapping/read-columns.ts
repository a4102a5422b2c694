import { entryOf, type MapNode } from "../core/yaml.js";
import { COLUMNS, type Field } from "../generated/fields.js";
import { restFields, restForm } from "./expand-rest.js";
import { unknownFieldRemedy } from "./field-names.js";
import type { ColumnForm, Rest } from "./form.js";
import { below, type FormContext } from "./form-context.js";
import { readRest } from "./read-rest.js";

/** The columns of an audience, and where the rest of them comes from. */
export interface Columns {
  readonly columns: readonly ColumnForm[];
  readonly rest: Rest | undefined;
}

const FIELDS: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries(COLUMNS).map(([name, { field }]) => [name, field]),
);

/** Reads the columns in the order in which the mapping writes them; then come those of the rest. */
export function readColumns(section: MapNode, context: FormContext): Columns | undefined {
  const before = context.problems.errors;
  const written = section.entries.flatMap((entry): ColumnForm[] => {
    if (entry.key === "*") return [];
    const column = Object.hasOwn(COLUMNS, entry.key) ? COLUMNS[entry.key] : undefined;
    if (column === undefined) {
      context.problems.error(
        "mapping.unknown_field",
        entry.keySpan,
        `Meta knows no audience column \`${entry.key}\``,
        unknownFieldRemedy(entry.key, Object.keys(FIELDS), FIELDS),
      );
      return [];
    }
    const form = context.readForm(entry.value, column.field, below(context, entry.key));
    return form === undefined
      ? []
      : [{ name: entry.key, nameSpan: entry.keySpan, column, form, written: true }];
  });
  const star = entryOf(section, "*");
  const rest = star && readRest(star.value, context);
  if (context.problems.errors !== before) return undefined;
  return { columns: [...written, ...restColumns(rest, written)], rest };
}

function restColumns(
  rest: Rest | undefined,
  written: readonly ColumnForm[],
): readonly ColumnForm[] {
  if (rest === undefined) return [];
  const names = new Set(written.map(({ name }) => name));
  const brought = new Set(restFields(FIELDS, names, rest).map(([name]) => name));
  return Object.entries(COLUMNS)
    .filter(([name]) => brought.has(name))
    .map(([name, column]) => {
      const form = restForm(name, column.field, rest, "");
      return { name, nameSpan: undefined, column, form, written: false };
    });
}
