/** What a mapping can write, as far as it and what is known of its records say. */
import type { Json } from "../core/json.js";
import type { Span } from "../core/diagnostic.js";
import { consumedBy } from "../mapping/consumed.js";
import { elementsOf } from "../mapping/convert.js";
import { expandRest } from "../mapping/expand-rest.js";
import type { Form, NamedForm, ObjectForm, ValueForm } from "../mapping/form.js";
import { pathBelow, type Path } from "../mapping/shape.js";
import type { CheckContext } from "./check.js";

/** The fields of an object, with those that the rest of a closed one stands for. */
export function fieldsOf(object: ObjectForm): readonly NamedForm[] {
  return [...object.fields, ...expandRest(object)];
}

/** The form of a field, by its names from an object on. */
export function fieldAt(object: ObjectForm, names: readonly string[]): NamedForm | undefined {
  const [name, ...below] = names;
  const field = fieldsOf(object).find((one) => one.name === name);
  if (field === undefined || below.length === 0) return field;
  return field.form.kind === "object" ? fieldAt(field.form, below) : undefined;
}

/** Where a field is written; of one that a rest brings, the nearest place around it. */
export function placeOf(object: ObjectForm, names: readonly string[]): Span | undefined {
  const field = fieldAt(object, names);
  if (field?.form.kind === "value" || field?.form.kind === "each")
    if (field.form.span !== undefined) return field.form.span;
  if (field?.nameSpan !== undefined) return field.nameSpan;
  return names.length > 1 ? placeOf(object, names.slice(0, -1)) : object.rest?.span;
}

/** True unless the field, by its names from an object on, stays without a value in every record. */
export function canWrite(
  object: ObjectForm,
  names: readonly string[],
  context: CheckContext,
): boolean {
  const [name = "", ...below] = names;
  const field = fieldsOf(object).find((one) => one.name === name);
  if (field !== undefined)
    return below.length > 0 && field.form.kind === "object"
      ? canWrite(field.form, below, context)
      : canHaveValue(field.form, context);
  return restCanBring(object, name, context);
}

function restCanBring(object: ObjectForm, name: string, context: CheckContext): boolean {
  const { rest, field } = object;
  if (rest === undefined || !field.open || rest.except.has(name)) return false;
  const consumed = consumedBy([object]);
  return rest.sources.some(
    (source) =>
      !consumed(source, undefined).has(name) && canBeThere(pathBelow(source, name), context),
  );
}

/** True unless a form has no value in any record. */
export function canHaveValue(form: Form, context: CheckContext): boolean {
  switch (form.kind) {
    case "value":
      return form.steps.fallback !== undefined || sourceCanHaveValue(form, context);
    case "each":
      return canBeThere(form.path, context);
    case "tuple":
      return form.positions.some((one) => one !== undefined && canHaveValue(one, context));
    case "object":
      return (
        (form.rest !== undefined && form.field.open) ||
        fieldsOf(form).some((one) => canHaveValue(one.form, context))
      );
  }
}

function sourceCanHaveValue({ source }: ValueForm, context: CheckContext): boolean {
  switch (source.kind) {
    case "constant":
      return true;
    case "paths":
      return source.paths.some((path) => canBeThere(path, context));
    case "identifier": {
      const { identifiers } = context.facts;
      return identifiers === undefined || source.types.some((type) => identifiers.has(type));
    }
  }
}

function canBeThere({ root, parts }: Path, { config, facts }: CheckContext): boolean {
  const known = { config, payload: facts.payload, key: facts.key };
  const names = root === "config" || root === "payload" || root === "key" ? known[root] : undefined;
  const [name] = parts;
  return names === undefined || name === undefined || names.has(name);
}

/** Values that a form gives to some records for sure: constants, and what is known around it. */
export function knownValues(form: Form | undefined, context: CheckContext): readonly Json[] {
  if (form?.kind !== "value") return [];
  const { source, steps } = form;
  const fallback = steps.fallback === undefined ? [] : [steps.fallback];
  if (source.kind === "constant") return elementsOf(source.value);
  if (steps.map !== undefined) return [...steps.map.values(), ...fallback];
  const paths = source.kind === "paths" ? source.paths : [];
  return [...paths.flatMap((path) => valueAt(path, context) ?? []), ...fallback];
}

function valueAt({ root, parts }: Path, { config, facts }: CheckContext): Json | undefined {
  if (root === "event_name") return facts.eventName;
  return root === "config" ? config?.get(parts.join(".")) : undefined;
}

/** True for a form that has a value in every record. */
export function alwaysHasValue(form: Form): boolean {
  switch (form.kind) {
    case "value":
      return form.source.kind === "constant" || form.steps.fallback !== undefined;
    case "object":
      return form.fields.some((one) => alwaysHasValue(one.form));
    case "each":
    case "tuple":
      return false;
  }
}
