/** Holds where a value comes from against its field, as far as that is known before any record. */
import type { DataNode } from "../core/yaml.js";
import { ACTION_SOURCES, CUSTOMER_FILE_SOURCES } from "../generated/constants.js";
import type { Field } from "../generated/fields.js";
import { fieldTakes, singleOf, takesText } from "./field-type.js";
import { isTextual } from "./finish.js";
import type { As, ValueForm } from "./form.js";
import { lastPart, type FormContext } from "./form-context.js";
import { quotedList } from "./problems.js";
import type { Path } from "./shape.js";

/** True when every path, or the identifier, can give a value that the field takes. */
export function sourceFits(
  node: DataNode | undefined,
  form: ValueForm,
  context: FormContext,
): boolean {
  const { source } = form;
  if (source.kind === "constant") return true;
  if (source.kind === "identifier") return identifierFits(node, form, context);
  const nodes = node?.kind === "list" ? node.items : [node];
  return source.paths
    .map((path, index) => pathFits(path, nodes[index], form, context))
    .every(Boolean);
}

/** An identifier is text that names a person; only `map` makes something else of it. */
function identifierFits(
  node: DataNode | undefined,
  { at, field, steps }: ValueForm,
  { problems }: FormContext,
): boolean {
  if (takesText(field) || steps.map !== undefined) return true;
  problems.error(
    "mapping.identifier_type",
    node?.span,
    `\`${at}\` cannot come from an identifier, which is text that names a person${fieldTakes(field)}`,
    `Name a path such as \`payload.${lastPart(at)}\`, or add a \`map\` from the texts to what the field takes.`,
  );
  return false;
}

function pathFits(
  path: Path,
  node: DataNode | undefined,
  form: ValueForm,
  { problems }: FormContext,
): boolean {
  const known = knownOf(path);
  if (known === undefined || canFit(known, form)) return true;
  problems.error(
    "mapping.path_type",
    node?.span,
    `\`${path.text}\` is ${WHAT[known.kind](known)}, which ${neverTaken(form)}`,
    known.kind === "object"
      ? `Name a field of it, such as \`${path.text}.${lastPart(form.at)}\`.`
      : "Name another path, or add a `map` to what the field takes.",
  );
  return false;
}

function neverTaken({ at, field, steps }: ValueForm): string {
  return steps.as !== undefined && field.kind === "any"
    ? `never becomes \`${steps.as}\``
    : `\`${at}\` never takes${fieldTakes(field)}`;
}

/** What a path gives in every record that has it. */
interface Known {
  readonly kind: "object" | "words" | "digits" | "time";
  readonly words: readonly string[];
}

const WHAT: Readonly<Record<Known["kind"], (known: Known) => string>> = {
  object: () => "an object",
  words: ({ words }) => `one of ${quotedList(words)}`,
  digits: () => "an id in digits",
  time: () => "a time",
};

const OBJECT: Known = { kind: "object", words: [] };
const DIGITS: Known = { kind: "digits", words: [] };

const KNOWN: ReadonlyMap<string, Known> = new Map([
  ["payload", OBJECT],
  ["key", OBJECT],
  ["operation", { kind: "words", words: ["upsert", "remove", "import"] }],
  ["occurred_at", { kind: "time", words: [] }],
  ["config.ad_account_id", DIGITS],
  ["config.pixel_id", DIGITS],
  ["config.action_source", { kind: "words", words: ACTION_SOURCES }],
  ["config.custom_audience_customer_file_source", { kind: "words", words: CUSTOMER_FILE_SOURCES }],
]);

function knownOf(path: Path): Known | undefined {
  return KNOWN.get([path.root, ...path.parts].join("."));
}

function canFit(known: Known, { field, steps }: ValueForm): boolean {
  if (known.kind === "object")
    return (
      steps.map === undefined && !isTextual(steps) && steps.as === undefined && takesObject(field)
    );
  // What `map` gives is tried by itself, and what a normaliser makes of a text is not known.
  if (steps.map !== undefined || isTextual(steps)) return true;
  const single = singleOf(field);
  const words = "enum" in single ? single.enum : undefined;
  if (words !== undefined) return known.words.some((word) => words.includes(word));
  return KINDS[known.kind].includes(single.kind === "any" ? (steps.as ?? "any") : single.kind);
}

function takesObject(field: Field): boolean {
  const { kind } = singleOf(field);
  return kind === "object" || kind === "any";
}

/** The types that text of a kind can become. */
const KINDS: Readonly<Record<Exclude<Known["kind"], "object">, readonly (Field["kind"] | As)[]>> = {
  words: ["string", "any"],
  digits: ["string", "any", "integer", "number", "unix_seconds", "date"],
  time: ["string", "any", "integer", "number", "unix_seconds", "date"],
};
