import { entryOf, type DataNode, type MapEntry, type MapNode } from "../core/yaml.js";
import type { ObjectField } from "../generated/fields.js";
import { nearField, otherPlaceRemedy, unknownFieldRemedy } from "./field-names.js";
import type { Form, ObjectForm } from "./form.js";
import { below, type FormContext } from "./form-context.js";
import { CUSTOM_PROPERTY } from "./own-fields.js";
import { isMisplacedForm } from "./misplaced-form.js";
import { readRest, spreadRest } from "./read-rest.js";

/** Reads a map as the fields of an object, with `"*"` for the rest. */
export function readObject(
  node: MapNode,
  field: ObjectField,
  context: FormContext,
): ObjectForm | undefined {
  const { problems, at } = context;
  const before = problems.errors;
  if (isMisplacedForm(node, field, context)) return undefined;
  const fields = node.entries.flatMap((entry) => {
    const form = entry.key === "*" ? undefined : readField(entry, field, context);
    return form === undefined ? [] : [{ name: entry.key, nameSpan: entry.keySpan, form }];
  });
  const star = entryOf(node, "*");
  const rest = star && readRest(star.value, context);
  if (star !== undefined && rest !== undefined) warnOfExcept(star, rest.except, field, context);
  return problems.errors === before
    ? { kind: "object", at, span: node.span, field, fields, rest }
    : undefined;
}

/** A path at an object: `X: path` is `X: {"*": path}`. */
export function spreadObject(
  node: DataNode,
  field: ObjectField,
  context: FormContext,
): ObjectForm | undefined {
  if (node.kind === "scalar" && node.value === null)
    return context.problems.error(
      "mapping.wrong_type",
      node.span,
      `\`${context.at}\` is empty`,
      "Indent the lines below that belong to it, or remove this one.",
    );
  const rest = spreadRest(node, context);
  return rest && { kind: "object", at: context.at, span: node.span, field, fields: [], rest };
}

function readField(entry: MapEntry, object: ObjectField, context: FormContext): Form | undefined {
  const { key, keySpan, value } = entry;
  const inner = below(context, key);
  const known = Object.hasOwn(object.fields, key) ? object.fields[key] : undefined;
  if (known !== undefined) return context.readForm(value, known, inner);
  const names = Object.keys(object.fields);
  if (!object.open)
    return context.problems.error(
      "mapping.unknown_field",
      keySpan,
      `Meta knows no field \`${key}\` in ${context.at === "" ? "an event" : `\`${context.at}\``}`,
      elsewhere(key, object, context) ?? unknownFieldRemedy(key, names, object.fields),
    );
  const near = nearField(key, names);
  if (near !== undefined)
    context.problems.warning(
      "mapping.near_standard_field",
      keySpan,
      `\`${key}\` is a custom property, close to Meta's own \`${near}\``,
      `If you mean Meta's field, write \`${near}\`.`,
    );
  return context.readForm(value, CUSTOM_PROPERTY, inner);
}

/** Where a field of an event belongs that stands in another part of it. */
function elsewhere(key: string, { fields }: ObjectField, context: FormContext): string | undefined {
  return context.reads === "record" ? otherPlaceRemedy(key, context.at, fields) : undefined;
}

/** In a closed object an exception that is no field keeps nothing out. */
function warnOfExcept(
  star: MapEntry,
  except: ReadonlySet<string>,
  { open, fields }: ObjectField,
  { problems }: FormContext,
): void {
  if (open) return;
  const names = Object.keys(fields);
  for (const name of except)
    if (!names.includes(name))
      problems.warning(
        "mapping.except_without_field",
        star.value.span,
        `\`except\` names \`${name}\`, which is no field here`,
        unknownFieldRemedy(name, names, fields),
      );
}
