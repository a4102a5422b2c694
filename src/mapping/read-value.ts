import { nodeValue, type DataNode, type MapEntry, type MapNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import { constantsFit } from "./check-constants.js";
import { fieldTakes, takesText } from "./field-type.js";
import { NO_STEPS, type Source, type Steps, type ValueForm } from "./form.js";
import { requestReadsRecord, type FormContext } from "./form-context.js";
import { parsePath } from "./path.js";
import { readConstant } from "./read-constant.js";
import { hashRequired } from "./read-hash.js";
import { readPaths } from "./read-paths.js";
import { readSteps } from "./read-steps.js";
import { sourceFits } from "./source-fits.js";

/** The keys that say where a single value comes from. */
export const VALUE_KEYS = ["value", "from", "identifier"] as const;

/** The keys that say where one value or several come from. */
export const SOURCE_KEYS: readonly string[] = [...VALUE_KEYS, "each"];

/** Reads bare paths at a field: `payload.total`, `[event_name, payload.event_name]`. */
export function readBarePaths(
  node: DataNode,
  field: Field,
  context: FormContext,
): ValueForm | undefined {
  if (field.hash === "required" && isWord(node)) return hashRequired(node, field, context);
  const paths = readPaths(node, context);
  const form = paths && valueForm(node, { kind: "paths", paths }, NO_STEPS, field, context);
  return form && sourceFits(node, form, context) ? form : undefined;
}

/** `em: email` says which identifier is meant, and the remedy how that is written. */
function isWord(node: DataNode): boolean {
  return node.kind === "scalar" && typeof node.value === "string" && !node.value.includes(".");
}

/** Reads a map with one of the source keys and its steps. */
export function readValue(
  node: MapNode,
  entry: MapEntry,
  field: Field,
  context: FormContext,
): ValueForm | undefined {
  const source = readSource(entry, context);
  const steps = readSteps(node, entry.key, field, context);
  if (source === undefined || steps === undefined) return undefined;
  const form = valueForm(node, source, steps, field, context);
  if (form === undefined) return undefined;
  const fits = [sourceFits(entry.value, form, context), constantsFit(node, form, context)];
  return fits.every(Boolean) ? form : undefined;
}

function valueForm(
  node: DataNode,
  source: Source,
  steps: Steps,
  field: Field,
  context: FormContext,
): ValueForm | undefined {
  if (field.hash === "required" && !steps.hash) return hashRequired(node, field, context);
  if (context.reads === "config" && source.kind === "paths" && !takesText(field))
    return context.problems.error(
      "mapping.config_type",
      node.span,
      `\`${context.at}\` takes no text, which is all that the configuration holds${fieldTakes(field)}`,
      "Write the value itself: `{value: …}`.",
    );
  return { kind: "value", at: context.at, span: node.span, field, source, steps };
}

function readSource({ key, value }: MapEntry, context: FormContext): Source | undefined {
  if (key === "value") {
    const name = `the constant of \`${context.at}\``;
    const constant = readConstant(value, name, context.problems);
    return constant === undefined ? undefined : { kind: "constant", value: constant };
  }
  if (key === "from") {
    const paths = readPaths(value, context);
    return paths && { kind: "paths", paths };
  }
  if (context.reads === "config") return requestReadsRecord(value, context);
  return readIdentifier(value, context);
}

function readIdentifier(node: DataNode, { problems, at }: FormContext): Source | undefined {
  const nodes = node.kind === "list" ? node.items : [node];
  const types = nodes.map(typeName);
  const wrong = nodes.length === 0 ? node : nodes[types.indexOf("")];
  if (wrong !== undefined)
    return problems.wrongType(
      wrong,
      "identifier",
      "a type, or a list of types",
      "For example `identifier: email`, or `identifier: [phone, phone_e164]`.",
    );
  const path = types.find((type) => type.includes(".") && parsePath(type).ok);
  if (path !== undefined)
    problems.warning(
      "mapping.looks_like_path",
      node.span,
      `\`${at}\` looks for identifiers of the type \`${path}\``,
      `For what stands there in the record write \`{from: ${path}, …}\`.`,
    );
  return { kind: "identifier", types };
}

/** Blank for what is no type. */
function typeName(node: DataNode): string {
  const value = nodeValue(node);
  return typeof value === "string" ? value.trim() : "";
}
