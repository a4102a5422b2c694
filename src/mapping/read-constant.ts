import { nodeValue, type DataNode } from "../core/yaml.js";
import type { Json } from "../core/json.js";
import { isBlank } from "./convert.js";
import type { Problems } from "./problems.js";

/**
 * Text, a number, a boolean, or a list of such; never null or blank, never a map. Whether it fits
 * its field is known only once the steps beside it are read.
 *
 * @param name what to call it in messages: the constant of `event_name`
 */
export function readConstant(node: DataNode, name: string, problems: Problems): Json | undefined {
  const parts = node.kind === "list" ? node.items : [node];
  const nested = parts.find(({ kind }) => kind !== "scalar");
  if (nested !== undefined)
    return problems.error(
      "mapping.constant_shape",
      nested.span,
      `${name} holds a ${nested.kind}`,
      "Write text, a number, a boolean, or a list of those.",
    );
  const blank = parts.find((part) => isBlank(nodeValue(part)));
  if (blank !== undefined)
    return problems.error(
      "mapping.constant_blank",
      blank.span,
      `${name} is ${node.kind === "list" ? "blank in part" : "blank"}`,
      "Write what it should be; to omit a field, remove its line.",
    );
  return frozen(nodeValue(node));
}

/** One object serves all records. */
function frozen(value: Json): Json {
  return Object.freeze(value);
}
