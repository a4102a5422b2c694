import { entryOf, nodeValue, type DataNode } from "../core/yaml.js";
import type { Rest } from "./form.js";
import { below, type FormContext } from "./form-context.js";
import { readSources } from "./read-paths.js";

/** Reads `"*"`: a path, a list, or `{from, except}`. */
export function readRest(node: DataNode, around: FormContext): Rest | undefined {
  const context = below(around, "*");
  const { problems } = context;
  if (node.kind !== "map") return spreadRest(node, context);
  const unknown = node.entries.find(({ key }) => key !== "from" && key !== "except");
  if (unknown !== undefined)
    return problems.unknownKey(unknown, `\`${context.at}\``, ["from", "except"]);
  const from = entryOf(node, "from");
  if (from === undefined)
    return problems.error(
      "mapping.missing_key",
      node.span,
      `\`${context.at}\` does not say where its fields come from`,
      "Add `from` with a path such as `payload`.",
    );
  const sources = readSources(from.value, context);
  const except = readExcept(entryOf(node, "except")?.value, context);
  return sources && except && { span: node.span, sources, except };
}

/** A path, or a list of paths, whose fields become those of an object. */
export function spreadRest(node: DataNode, context: FormContext): Rest | undefined {
  const sources = readSources(node, context);
  return sources && { span: node.span, sources, except: new Set() };
}

function readExcept(
  node: DataNode | undefined,
  { problems }: FormContext,
): ReadonlySet<string> | undefined {
  if (node === undefined) return new Set();
  const names = node.kind === "list" ? node.items.map(nodeValue) : [];
  const texts = names.flatMap((name) => (typeof name === "string" ? [name] : []));
  if (texts.length > 0 && texts.length === names.length) return new Set(texts);
  return problems.wrongType(
    node,
    "except",
    "a list of field names",
    "For example `except: [action_source]`.",
  );
}
