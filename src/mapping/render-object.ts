import type { Json } from "../core/json.js";
import type { Binder } from "./binder.js";
import { expandRest } from "./expand-rest.js";
import type { ObjectForm } from "./form.js";
import { renderOpenRest } from "./render-open-rest.js";
import { unmappedCounter } from "./rest-source.js";
import type { Expression, Scope } from "./scope.js";

/** Compiles an object: its fields in the mapping's order, then the rest; empty objects are omitted. */
export function renderObject<B>(form: ObjectForm, binder: Binder<B>): Expression<B> {
  const fields = [...form.fields, ...expandRest(form)].map(({ name, form: inner }) => ({
    name,
    value: binder.render(inner, binder),
  }));
  const addRest = restAdder(form, binder);
  return (scope) => {
    const result: Record<string, Json> = {};
    let empty = true;
    for (const { name, value } of fields) {
      const one = value(scope);
      if (one === undefined) continue;
      result[name] = one;
      empty = false;
    }
    return addRest(scope, result) || !empty ? result : undefined;
  };
}

/** Adds to a result; says whether it added anything. */
type RestAdder<B> = (scope: Scope<B>, result: Record<string, Json>) => boolean;

function restAdder<B>(form: ObjectForm, binder: Binder<B>): RestAdder<B> {
  const { field, rest } = form;
  if (rest === undefined) return () => false;
  if (field.open) return renderOpenRest(form, rest, binder);
  const countUnmapped = unmappedCounter(Object.keys(field.fields), rest, binder);
  return (scope) => {
    countUnmapped(scope);
    return false;
  };
}
