import { nearName } from "../core/near-name.js";
import { nodeValue, type DataNode } from "../core/yaml.js";
import {
  isNormalizerName,
  metaRuleOf,
  NORMALIZER_NAMES,
  type NormalizerName,
} from "../normalize/index.js";
import type { Field } from "../generated/fields.js";
import { fieldTakes, takesText } from "./field-type.js";
import type { FormContext } from "./form-context.js";
import { quotedList } from "./problems.js";

/** Reads `normalize`: a name, or a list of names that run in their order; only text takes any. */
export function readNormalize(
  node: DataNode | undefined,
  field: Field,
  context: FormContext,
): readonly NormalizerName[] {
  if (node === undefined) return [];
  if (!takesText(field)) return refused(node, field, context);
  const names = node.kind === "list" ? node.items : [node];
  if (names.length > 0) return names.flatMap((name) => readName(name, context) ?? []);
  context.problems.wrongType(node, "normalize", "a normaliser or a list of them", KNOWN);
  return [];
}

/** Of `1,234.50` a step such as `digits` would leave a number, and the wrong one. */
function refused(node: DataNode, field: Field, { problems, at }: FormContext): readonly [] {
  problems.error(
    "mapping.normalize_refused",
    node.span,
    `\`${at}\` is no text, and a normaliser works on text${fieldTakes(field)}`,
    "Remove `normalize`: a value is converted to its field's type as it is.",
  );
  return [];
}

const KNOWN = `Known: ${quotedList(NORMALIZER_NAMES)}.`;

function readName(node: DataNode, { problems }: FormContext): NormalizerName | undefined {
  const name = nodeValue(node);
  if (typeof name !== "string")
    return problems.wrongType(node, "normalize", "names of normalisers", KNOWN);
  if (isNormalizerName(name)) return name;
  const near = nearName(name, NORMALIZER_NAMES) ?? meantNormalizer(name.toLowerCase());
  return problems.error(
    "mapping.unknown_normalizer",
    node.span,
    `\`${name}\` is no normaliser`,
    near === undefined ? KNOWN : `Did you mean \`${near}\`?`,
  );
}

/** `email` for Meta's rule of that field, `lower` for `lowercase`. */
function meantNormalizer(name: string): NormalizerName | undefined {
  return [`meta_${name}`, `${name}case`].find(isNormalizerName) ?? metaRuleOf(name);
}
