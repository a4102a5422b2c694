import type { Json } from "../core/json.js";
import { readerOf, type Binder } from "./binder.js";
import { elementsOf, isBlank, unique } from "./convert.js";
import type { EachForm } from "./form.js";
import type { Expression } from "./scope.js";
import { elementPath } from "./shape.js";

/** A list with an entry per element; elements that give nothing are left out. */
export function renderEach<B>(form: EachForm, binder: Binder<B>): Expression<B> {
  const read = readerOf(form.path, binder);
  const element = elementPath(form.path, binder.element);
  const item = binder.render(form.item, { ...binder, element });
  const distinct = form.field.kind === "array" && form.field.unique;
  return (scope) => {
    const list = read(scope);
    if (isBlank(list)) return undefined;
    const outer = scope.item;
    const entries: Json[] = [];
    for (const inner of elementsOf(list)) {
      scope.item = inner;
      const entry = item(scope);
      if (entry !== undefined) entries.push(entry);
    }
    scope.item = outer;
    if (entries.length === 0) return undefined;
    return distinct ? unique(entries) : entries;
  };
}
