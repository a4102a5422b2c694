import { expandRest } from "../mapping/expand-rest.js";
import type { CheckedMapping, Form, ValueForm } from "../mapping/form.js";
import type { Path } from "../mapping/shape.js";
import type { CheckContext } from "./check.js";
import { canHaveValue } from "./possible.js";

/** Every single value of a form, those inside lists, objects and closed rests too. */
export function leavesOf(form: Form): readonly ValueForm[] {
  switch (form.kind) {
    case "value":
      return [form];
    case "each":
      return leavesOf(form.item);
    case "tuple":
      return form.positions.flatMap((one) => (one === undefined ? [] : leavesOf(one)));
    case "object":
      return [...form.fields, ...expandRest(form)].flatMap((one) => leavesOf(one.form));
  }
}

/** Every single value of what a mapping sends, but for those that no record can fill. */
export function leavesOfMapping(
  mapping: CheckedMapping,
  context: CheckContext,
): readonly ValueForm[] {
  const leaves =
    mapping.surface === "events"
      ? leavesOf(mapping.event)
      : mapping.columns.flatMap((column) => leavesOf(column.form));
  return leaves.filter((leaf) => canHaveValue(leaf, context));
}

/** The paths that a value is read from; none for constants and identifiers. */
export function pathsOf({ source }: ValueForm): readonly Path[] {
  return source.kind === "paths" ? source.paths : [];
}

/** The last name of a path, list indexes left out: `email` of `payload.emails.email.0`. */
export function lastName({ root, parts }: Path): string {
  return parts.findLast((part) => !/^\d+$/.test(part)) ?? root;
}

/** True for values as records have them: the author of a mapping has spelt constants and what `map` gives. */
export function isGivenByRecords({ source, steps }: ValueForm): boolean {
  return source.kind !== "constant" && steps.map === undefined;
}
