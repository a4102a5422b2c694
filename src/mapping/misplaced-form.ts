import type { MapNode } from "../core/yaml.js";
import type { ObjectField, TupleField } from "../generated/fields.js";
import { fieldTakes } from "./field-type.js";
import { lastPart, type FormContext } from "./form-context.js";
import { STEP_KEYS } from "./read-steps.js";
import { SOURCE_KEYS } from "./read-value.js";

const FORM_KEYS: readonly string[] = [...SOURCE_KEYS, "item", ...STEP_KEYS];

/**
 * Reports `{from: payload.user}` and the like where a map is read as fields. In an open object such
 * keys are custom properties, which is allowed and hardly ever meant.
 *
 * @returns true when nothing else needs to be said of the map
 */
export function isMisplacedForm(
  node: MapNode,
  field: ObjectField | TupleField,
  { problems, at, reads }: FormContext,
): boolean {
  const own = namesOf(field);
  const isForm = node.entries.every(({ key }) => FORM_KEYS.includes(key) && !own.includes(key));
  const source = node.entries.find(({ key }) => SOURCE_KEYS.includes(key));
  if (!isForm || source === undefined) return false;
  const name = at === "" ? "event" : at;
  const whole = `\`${lastPart(name)}: payload.${lastPart(name)}\``;
  if (field.kind === "object" && field.open) {
    problems.warning(
      "mapping.looks_like_form",
      source.keySpan,
      `\`${name}\` gets a custom property with the name \`${source.key}\`${fieldTakes(field)}`,
      `To fill it from a path write that path itself, as in ${whole}.`,
    );
    return false;
  }
  problems.error(
    "mapping.form_at_object",
    source.keySpan,
    `\`${name}\` is made of parts, and \`${source.key}\` belongs to a single value${fieldTakes(field)}`,
    at === "" || reads === "config"
      ? "Write a map of its parts."
      : `Write a map of its parts, or a path that brings them all, as in ${whole}.`,
  );
  return true;
}

function namesOf(field: ObjectField | TupleField): readonly string[] {
  return field.kind === "object"
    ? Object.keys(field.fields)
    : field.positions.map(({ name }) => name);
}
