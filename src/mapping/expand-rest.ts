import type { Field } from "../generated/fields.js";
import { NO_STEPS, type Form, type NamedForm, type ObjectForm, type Rest } from "./form.js";
import { pathBelow } from "./shape.js";

/** The rest of a closed object as forms of its own; that of an open object is not known yet. */
export function expandRest({ at, field, fields, rest }: ObjectForm): readonly NamedForm[] {
  if (rest === undefined || field.open) return [];
  const written = new Set(fields.map(({ name }) => name));
  return restFields(field.fields, written, rest).map(([name, inner]) => ({
    name,
    nameSpan: undefined,
    form: restForm(name, inner, rest, at),
  }));
}

/**
 * The spec's fields that a rest stands for: what the mapping neither writes nor excepts. What Meta
 * takes hashed (or may take hashed) never comes from a rest: that is decided by hand.
 */
export function restFields(
  fields: Readonly<Record<string, Field>>,
  written: ReadonlySet<string>,
  rest: Rest,
): readonly (readonly [string, Field])[] {
  return Object.entries(fields).filter(
    ([name, field]) => field.hash === "never" && !written.has(name) && !rest.except.has(name),
  );
}

/** One field of a rest, as if it were written: `f: [source.f, …]`. */
export function restForm(name: string, field: Field, rest: Rest, at: string): Form {
  const paths = rest.sources.map((source) => pathBelow(source, name));
  const place = at === "" ? name : `${at}.${name}`;
  const span = undefined;
  const except = new Set<string>();
  return field.kind === "object"
    ? { kind: "object", at: place, span, field, fields: [], rest: { span, sources: paths, except } }
    : { kind: "value", at: place, span, field, source: { kind: "paths", paths }, steps: NO_STEPS };
}
