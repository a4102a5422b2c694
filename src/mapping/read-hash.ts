import { nodeValue, type DataNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import { metaRuleOf } from "../normalize/index.js";
import { fieldTakes } from "./field-type.js";
import type { FormContext } from "./form-context.js";

/** Reads `hash`; the spec says for each field whether Meta takes it hashed. */
export function readHash(
  node: DataNode | undefined,
  field: Field,
  { problems, at }: FormContext,
): boolean {
  if (node === undefined) return false;
  if (nodeValue(node) !== "sha256")
    problems.error(
      "mapping.wrong_type",
      node.span,
      `\`hash\` of \`${at}\` is not \`sha256\``,
      "Meta takes SHA-256 only: write `hash: sha256`.",
    );
  else if (field.hash === "never")
    problems.error(
      "mapping.hash_refused",
      node.span,
      `Meta takes \`${at}\` as it is, never hashed${fieldTakes(field)}`,
      "Remove `hash`.",
    );
  return true;
}

/** Reports a value that would go out in the clear where Meta takes a digest only. */
export function hashRequired(
  node: DataNode,
  field: Field,
  { problems, at }: FormContext,
): undefined {
  return problems.error(
    "mapping.hash_required",
    node.span,
    `Meta takes \`${at}\` hashed only${fieldTakes(field)}`,
    node.kind === "map"
      ? "Add `hash: sha256` to its steps."
      : `Add \`hash: sha256\`, as in \`${hashedForm(field)}\`.`,
  );
}

/** How a field that goes out hashed is written, normalised by the rule that is Meta's for it. */
function hashedForm({ names: [type] }: Field): string {
  const source = type === undefined ? "from: …" : `identifier: ${type}`;
  const rule = type === undefined ? undefined : metaRuleOf(type);
  return `{${source}, normalize: ${rule ?? "…"}, hash: sha256}`;
}
