import type { DataNode, ScalarNode } from "../core/yaml.js";
import { requestReadsRecord, type FormContext } from "./form-context.js";
import { hasFields, parsePath, type NamesAt } from "./path.js";
import type { Path } from "./shape.js";

/** A path, or a non-empty list of paths. */
export function readPaths(node: DataNode, context: FormContext): readonly Path[] | undefined {
  if (node.kind !== "list") {
    const path = readPath(node, context);
    return path && [path];
  }
  if (node.items.length === 0)
    return context.problems.error(
      "mapping.empty_list",
      node.span,
      `the list of paths at \`${context.at}\` is empty`,
      "Name at least one path, or remove the line.",
    );
  const paths = node.items.flatMap((item) => readListed(item, context) ?? []);
  return paths.length === node.items.length ? paths : undefined;
}

/** Paths of which each has fields, for a rest. */
export function readSources(node: DataNode, context: FormContext): readonly Path[] | undefined {
  const paths = readPaths(node, context);
  const single = paths?.find(({ root }) => !hasFields(root));
  if (single === undefined) return paths;
  return context.problems.error(
    "mapping.rest_of_single_value",
    node.span,
    `\`${single.text}\` is a single value, and \`${context.at}\` needs one that has fields`,
    "Name a path such as `payload`, or write the fields out.",
  );
}

/** One path. */
export function readPath(node: DataNode, context: FormContext): Path | undefined {
  return node.kind === "scalar"
    ? readText(node, context)
    : context.problems.wrongType(
        node,
        context.at,
        "a path",
        "Write a path such as `payload.total`.",
      );
}

function readListed(node: DataNode, context: FormContext): Path | undefined {
  return node.kind === "scalar"
    ? readText(node, context)
    : context.problems.wrongType(
        node,
        context.at,
        "only paths in a list",
        "For a last resort write `{from: [payload.a, payload.b], default: x}`.",
      );
}

function readText(node: ScalarNode, context: FormContext): Path | undefined {
  const { problems, at } = context;
  if (typeof node.value !== "string")
    return problems.error(
      "mapping.not_a_path",
      node.span,
      node.value === null
        ? `\`${at}\` is empty`
        : `\`${String(node.value)}\` is a ${typeof node.value === "number" ? "number" : "truth value"}, and only text can be a path`,
      node.value === null
        ? "Name a path such as `payload.total`, or remove the line."
        : `For the value itself write \`{value: ${String(node.value)}}\`.`,
    );
  const path = parsePath(node.value, namesAt(context));
  if (path.ok) return allowed(path.value, node, context);
  const { code, message, remedy } = path.error;
  return problems.error(`mapping.${code}`, node.span, message, remedy);
}

function namesAt({ reads, insideEach }: FormContext): NamesAt {
  if (reads === "config") return undefined;
  return insideEach ? "item" : "payload";
}

function allowed(path: Path, node: DataNode, context: FormContext): Path | undefined {
  if (context.reads === "config" && path.root !== "config")
    return requestReadsRecord(node, context);
  if (path.root === "item" && !context.insideEach)
    return context.problems.error(
      "mapping.item_outside_each",
      node.span,
      `\`${path.text}\` stands outside \`each\``,
      "`item` is the element of a list; write `{each: payload.…, item: …}`.",
    );
  return path;
}
