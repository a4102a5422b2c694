/** Reads the right side of a mapping line along the field of the spec that it fills. */
import type { DataNode, ListNode, MapNode } from "../core/yaml.js";
import { nearName } from "../core/near-name.js";
import type { Field } from "../generated/fields.js";
import { fieldTakes } from "./field-type.js";
import type { Form } from "./form.js";
import type { FormContext } from "./form-context.js";
import { readEach } from "./read-each.js";
import { readObject, spreadObject } from "./read-object.js";
import { readTuple } from "./read-tuple.js";
import { readBarePaths, readValue, SOURCE_KEYS } from "./read-value.js";

/** Reads one form; `undefined` after a diagnostic. */
export function readForm(node: DataNode, field: Field, context: FormContext): Form | undefined {
  if (node.kind === "list" && node.items.some(({ kind }) => kind === "map"))
    return formsInList(node, field, context);
  if (node.kind !== "map")
    return field.kind === "object"
      ? spreadObject(node, field, context)
      : readBarePaths(node, field, context);
  if (field.kind === "object") return readObject(node, field, context);
  if (field.kind === "tuple") return readTuple(node, field, context);
  return readExpression(node, field, context);
}

/** A list is the first of several paths, and nothing else. */
function formsInList(node: ListNode, field: Field, { problems, at }: FormContext): undefined {
  return problems.error(
    "mapping.wrong_type",
    node.span,
    `\`${at}\` takes only paths in a list, got a map${fieldTakes(field)}`,
    listRemedy(node, field),
  );
}

function listRemedy({ items }: ListNode, field: Field): string {
  if (field.kind === "object")
    return "Its fields are one map: take away the dashes, or the brackets, around them.";
  if (field.kind === "array" && field.items.kind === "object")
    return "For an entry of each element write `{each: payload.…, item: {…}}`.";
  return items.length === 1
    ? "Write the map alone: take away the dash, or the brackets, around it."
    : "For a last resort write `{from: [payload.a, payload.b], default: x}`.";
}

function readExpression(node: MapNode, field: Field, context: FormContext): Form | undefined {
  const [source, second] = node.entries.filter(({ key }) => SOURCE_KEYS.includes(key));
  if (source === undefined) return noSource(node, field, context);
  if (second !== undefined)
    return context.problems.error(
      "mapping.two_sources",
      second.keySpan,
      `\`${context.at}\` has both \`${source.key}\` and \`${second.key}\``,
      "A value comes from one place: remove one of them.",
    );
  return source.key === "each"
    ? readEach(node, source, field, context)
    : readValue(node, source, field, context);
}

function noSource(node: MapNode, field: Field, { problems, at }: FormContext): undefined {
  const slip = node.entries.map(({ key }) => nearName(key, SOURCE_KEYS)).find(Boolean);
  return problems.error(
    "mapping.not_a_form",
    node.span,
    `\`${at}\` does not say where its value comes from${fieldTakes(field)}`,
    slip === undefined ? sourceRemedy(field) : `Did you mean \`${slip}\`?`,
  );
}

function sourceRemedy(field: Field): string {
  if (field.kind === "array" && field.items.kind === "object")
    return "It is a list: write `{each: payload.…, item: {…}}`.";
  const remedy = "rite a path, or a map with one of `value`, `from`, `identifier`, `each`.";
  return field.kind === "any"
    ? `Only fields of Meta's can be built of fields: w${remedy}`
    : `W${remedy}`;
}
