import { entryOf, type MapEntry, type MapNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import { fieldTakes } from "./field-type.js";
import type { EachForm } from "./form.js";
import { below, requestReadsRecord, type FormContext } from "./form-context.js";
import { readPath } from "./read-paths.js";

/** Reads `{each: path, item: form}`: an entry of the result per element of a list in the data. */
export function readEach(
  node: MapNode,
  each: MapEntry,
  field: Field,
  context: FormContext,
): EachForm | undefined {
  const { problems, at } = context;
  const extra = node.entries.find(({ key }) => key !== "each" && key !== "item");
  if (extra !== undefined)
    return problems.unknownKey(extra, "a form with `each`", ["each", "item"]);
  if (context.reads === "config") return requestReadsRecord(node, context);
  if (field.kind !== "array" && field.kind !== "any")
    return problems.error(
      "mapping.each_needs_a_list",
      node.span,
      `\`${at}\` is a single value, and \`each\` makes a list${fieldTakes(field)}`,
      "Name one element instead, such as `payload.items.0.sku`.",
    );
  const item = entryOf(node, "item");
  if (item === undefined)
    return problems.error(
      "mapping.missing_key",
      node.span,
      `\`${at}\` has \`each\` without \`item\``,
      "Say in `item` what each element becomes, for example `item: item.sku`.",
    );
  const path = readPath(each.value, below(context, "each"));
  // The elements of a custom property are custom themselves.
  const itemField = field.kind === "array" ? field.items : field;
  const form = context.readForm(item.value, itemField, { ...context, insideEach: true });
  return path && form && { kind: "each", at, span: node.span, field, path, item: form };
}
