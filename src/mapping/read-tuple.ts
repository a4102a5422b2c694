import { entryOf, type MapNode } from "../core/yaml.js";
import type { TupleField } from "../generated/fields.js";
import { unknownFieldRemedy } from "./field-names.js";
import type { TupleForm } from "./form.js";
import { isMisplacedForm } from "./misplaced-form.js";
import { below, type FormContext } from "./form-context.js";

/** Reads a map as the named positions of a list. */
export function readTuple(
  node: MapNode,
  field: TupleField,
  context: FormContext,
): TupleForm | undefined {
  const { problems, at } = context;
  const before = problems.errors;
  if (isMisplacedForm(node, field, context)) return undefined;
  const names = field.positions.map(({ name }) => name);
  for (const { key, keySpan } of node.entries)
    if (!names.includes(key))
      problems.error(
        "mapping.unknown_field",
        keySpan,
        `Meta knows no position \`${key}\` in \`${at}\``,
        unknownFieldRemedy(key, names),
      );
  const positions = field.positions.map((position) => {
    const entry = entryOf(node, position.name);
    return entry && context.readForm(entry.value, position.field, below(context, position.name));
  });
  return problems.errors === before
    ? { kind: "tuple", at, span: node.span, field, positions }
    : undefined;
}
