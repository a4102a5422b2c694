/** Tries the constants of a form: what no record could use is a mistake of the mapping. */
import type { Json } from "../core/json.js";
import { nearName } from "../core/near-name.js";
import { entryOf, nodeValue, type DataNode, type MapNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import { convert, elementsOf, type Conversion } from "./convert.js";
import { ConversionFault } from "./convert-scalar.js";
import { finisher, isElementwise } from "./finish.js";
import type { Steps, ValueForm } from "./form.js";
import type { FormContext } from "./form-context.js";
import { parsePath } from "./path.js";
import { fieldTakes, singleOf, wordsShown } from "./field-type.js";
import { boundsFault } from "./field-bounds.js";
import { quotedList } from "./problems.js";

/** True when `value`, `default` and the right sides of `map` can all be sent. */
export function constantsFit(node: MapNode, form: ValueForm, context: FormContext): boolean {
  const { at, field } = form;
  const value = entryOf(node, "value")?.value;
  if (value !== undefined) warnOfPath(value, context);
  const map = entryOf(node, "map")?.value;
  const constants: readonly Constant[] = [
    { node: value, name: `the constant of \`${at}\``, before: field },
    { node: entryOf(node, "default")?.value, name: `the default of \`${at}\`` },
    ...(map?.kind === "map" ? map.entries : []).map(({ value: right }) => ({
      node: right,
      name: `a value in \`map\` of \`${at}\``,
    })),
  ];
  return constants.map((constant) => constantFits(constant, form, context)).every(Boolean);
}

interface Constant {
  readonly node: DataNode | undefined;
  readonly name: string;
  /** The type that it must have before any step, too. */
  readonly before?: Field;
}

function constantFits(
  { node, name, before }: Constant,
  form: ValueForm,
  context: FormContext,
): boolean {
  if (node === undefined) return true;
  const value = nodeValue(node);
  const fault = (before && typeFault(value, before)) ?? outcomeFault(value, form);
  if (fault === undefined) return true;
  const { code, message, remedy } = fault;
  const takes = code === "mapping.constant_dropped" ? "" : fieldTakes(form.field);
  context.problems.error(code, node.span, `${name} ${message}${takes}`, remedy);
  return false;
}

interface Fault {
  readonly code:
    | "mapping.constant_type"
    | "mapping.constant_dropped"
    | "mapping.constant_word"
    | "mapping.constant_bounds";
  readonly message: string;
  readonly remedy: string;
}

function typeFault(value: Json, field: Field): Fault | undefined {
  const converted = convert(value, field, IGNORE);
  return converted instanceof ConversionFault ? wrongType(converted, field) : undefined;
}

/** What the last steps make of it, as they will for every record. */
function outcomeFault(value: Json, form: ValueForm): Fault | undefined {
  const finish = finisher(form, "kept");
  for (const part of isElementwise(form) ? elementsOf(value) : [value]) {
    const lost: string[] = [];
    const result = finish(part, undefined, (name) => lost.push(name));
    const fault =
      result.kind === "dropped"
        ? dropFault(form.steps)
        : resultFault(result.value, lost, form.field);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** With a country of its own a record may find use for what is none without. */
function dropFault({ country }: Steps): Fault | undefined {
  return country === undefined ? NOTHING_LEFT : undefined;
}

function resultFault(
  result: Conversion,
  [lost]: readonly string[],
  field: Field,
): Fault | undefined {
  if (result instanceof ConversionFault) return wrongType(result, field);
  return lost === undefined
    ? (wordFault(result, field) ?? outsideBounds(result, field))
    : unknownWord(lost, "Remove it, or write a name that Meta knows.");
}

const IGNORE = (): void => undefined;

const NOTHING_LEFT: Fault = {
  code: "mapping.constant_dropped",
  message: "is nothing once it is normalised",
  remedy: "Write what its normaliser can use, or remove the line.",
};

function wrongType({ message }: ConversionFault, field: Field): Fault {
  return { code: "mapping.constant_type", message, remedy: WANTED[singleOf(field).kind] };
}

const WANTED: Readonly<Record<Field["kind"], string>> = {
  string: "Write text or a number.",
  integer: "Write a whole number.",
  number: "Write a number, with a point and without quotes: `12.5`.",
  boolean: "Write `true` or `false`.",
  unix_seconds: "Write an RFC 3339 time with a zone, or Unix seconds.",
  any: "Write a constant that its steps can use, or remove them.",
  array: "Use a path or `each`.",
  tuple: "Use a path, or a map of its positions.",
  object: "A constant is no object; use a path, or `each` with a map of fields.",
};

/** A word that Meta does not know is refused in every record. */
function wordFault(result: Json | undefined, field: Field): Fault | undefined {
  const single = singleOf(field);
  const words = "enum" in single ? single.enum : undefined;
  if (words === undefined || result === undefined) return undefined;
  const unknown = elementsOf(result).find((part) => !words.some((word) => word === part));
  if (typeof unknown !== "string") return undefined;
  const near = nearName(unknown, words);
  return unknownWord(unknown, near === undefined ? wordRemedy(words) : `Did you mean \`${near}\`?`);
}

/** The message lists them as far as it can. */
function wordRemedy(words: readonly string[]): string {
  return wordsShown(words) ? "Write one of those." : `Known: ${quotedList(words)}.`;
}

/** What Meta refuses for its length, size or form is refused in every record, too. */
function outsideBounds(result: Json | undefined, field: Field): Fault | undefined {
  const single = singleOf(field);
  const bounds = "bounds" in single ? single.bounds : undefined;
  if (bounds === undefined || result === undefined) return undefined;
  const faults = elementsOf(result).map(boundsFault(bounds));
  const message = faults.find((fault) => fault !== undefined);
  return message === undefined
    ? undefined
    : { code: "mapping.constant_bounds", message, remedy: BOUNDED };
}

const BOUNDED = "Write it as the field's description says; the reference of fields lists them all.";

function unknownWord(word: string, remedy: string): Fault {
  const message = `has \`${word}\`, which Meta does not know here`;
  return { code: "mapping.constant_word", message, remedy };
}

/** `{value: payload.total}` is the text itself, which is hardly ever meant. */
function warnOfPath(node: DataNode, { problems, at }: FormContext): void {
  const text = nodeValue(node);
  if (typeof text !== "string" || !text.includes(".") || !parsePath(text).ok) return;
  problems.warning(
    "mapping.looks_like_path",
    node.span,
    `\`${at}\` will always be the text \`${text}\``,
    `For what stands there in the record write \`${text}\` without \`value\`.`,
  );
}
