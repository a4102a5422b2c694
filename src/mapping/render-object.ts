import type { Json, JsonObject } from "../core/json.js";
import { sortFew } from "../core/sort-few.js";
import type { Binder } from "./binder.js";
import { expandRest } from "./expand-rest.js";
import { isBehind, sortFields, type FoundField } from "./found-fields.js";
import type { ObjectForm } from "./form.js";
import { renderOpenRest } from "./render-open-rest.js";
import { unmappedCounter } from "./rest-source.js";
import type { Expression, Scope } from "./scope.js";

/**
 * Compiles an object: its fields are rendered in the mapping's order, then the rest; empty objects are
 * omitted. They stand in the result by their names, as they are sent: a body is long, and putting each of
 * its objects in order again takes longer than making them so.
 */
export function renderObject<B>(form: ObjectForm, binder: Binder<B>): Expression<B> {
  // No form is inside of itself, so that these serve all rows.
  const slots = [...form.fields, ...expandRest(form)].map(({ name, form: inner }): Slot<B> => ({
    name,
    render: binder.render(inner, binder),
    value: undefined,
  }));
  const sorted = [...slots];
  sortFew(sorted, isBehind);
  const rest = restOf(form, binder);
  return (scope) => {
    for (const slot of slots) slot.value = slot.render(scope);
    return inOrder(sorted, rest(scope));
  };
}

/** A field that the mapping names, and what it has in the row at hand. */
interface Slot<B> {
  readonly name: string;
  readonly render: Expression<B>;
  value: Json | undefined;
}

/** An object of what has a value, by its names; `undefined` when nothing has. */
function inOrder<B>(
  slots: readonly Slot<B>[],
  others: readonly FoundField[],
): JsonObject | undefined {
  const result: Record<string, Json> = {};
  if (others.length > 0) {
    for (const { name, value } of merged(slots, others)) result[name] = value;
    return result;
  }
  let empty = true;
  for (const { name, value } of slots) {
    if (value === undefined) continue;
    result[name] = value;
    empty = false;
  }
  return empty ? undefined : result;
}

function merged<B>(
  slots: readonly Slot<B>[],
  others: readonly FoundField[],
): readonly FoundField[] {
  const named = slots.flatMap(({ name, value }): FoundField[] =>
    value === undefined ? [] : [{ name, value }],
  );
  return named.length === 0 ? others : sortFields([...named, ...others]);
}

/** Gives the fields that no row of the mapping names, sorted by name. */
function restOf<B>(
  form: ObjectForm,
  binder: Binder<B>,
): (scope: Scope<B>) => readonly FoundField[] {
  const { field, rest } = form;
  if (rest === undefined) return () => NOTHING;
  if (field.open) return renderOpenRest(form, rest, binder);
  const countUnmapped = unmappedCounter(Object.keys(field.fields), rest, binder);
  return (scope) => {
    countUnmapped(scope);
    return NOTHING;
  };
}

const NOTHING: readonly FoundField[] = [];
