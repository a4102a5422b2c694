import { nodeValue, type DataNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import { fieldTakes } from "./field-type.js";
import { AS_TYPES, type As } from "./form.js";
import type { FormContext } from "./form-context.js";
import { quotedList } from "./problems.js";

/** Reads `as`: the type of a custom property; elsewhere it can only repeat the field's own. */
export function readAs(
  node: DataNode | undefined,
  hash: DataNode | undefined,
  field: Field,
  { problems, at }: FormContext,
): As | undefined {
  if (node === undefined) return undefined;
  const type = AS_TYPES.find((name) => nodeValue(node) === name);
  const own = ownType(field);
  if (own !== undefined && own !== type)
    return problems.error(
      "mapping.as_refused",
      node.span,
      `\`${at}\` has a type of its own, \`${own}\`${fieldTakes(field)}`,
      "Remove `as`: Meta's spec says what the value becomes.",
    );
  if (type === undefined)
    return problems.error(
      "mapping.as_refused",
      node.span,
      `\`as\` of \`${at}\` names no type`,
      `Write one of ${quotedList(AS_TYPES)}.`,
    );
  if (hash === undefined) return type;
  return problems.error(
    "mapping.hash_and_as",
    node.span,
    `\`${at}\` has both \`hash\` and \`as\``,
    "A digest is text and stays so: remove one of them.",
  );
}

function ownType(field: Field): string | undefined {
  if (field.kind === "array") return ownType(field.items);
  return field.kind === "any" ? undefined : field.kind;
}
