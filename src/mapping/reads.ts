/** What the forms of a mapping read, path by path. */
import { expandRest } from "./expand-rest.js";
import type { Form } from "./form.js";
import { elementPath, type Path } from "./shape.js";

/** A path that a form reads, from the row on. */
export interface PathRead {
  readonly path: Path;
  /** The field of the result; of a rest, the object that it fills. */
  readonly at: string;
}

/**
 * Every path that a form reads, those of expanded rests included.
 *
 * @param element the list element that `item` stands for around the form
 */
export function readsOf(form: Form, element?: Path): readonly PathRead[] {
  switch (form.kind) {
    case "value": {
      const { source, steps, at } = form;
      const own = source.kind === "paths" ? source.paths : [];
      const country = steps.country === undefined ? [] : readsOf(steps.country, element);
      return [...own.map((path) => ({ path: elementPath(path, element), at })), ...country];
    }
    case "each": {
      const list = elementPath(form.path, element);
      return [{ path: list, at: form.at }, ...readsOf(form.item, list)];
    }
    case "tuple":
      return form.positions.flatMap((position) =>
        position === undefined ? [] : readsOf(position, element),
      );
    case "object": {
      const { at } = form;
      const fields = [...form.fields, ...expandRest(form)];
      const sources = form.rest?.sources ?? [];
      return [
        ...sources.map((source) => ({ path: elementPath(source, element), at })),
        ...fields.flatMap((field) => readsOf(field.form, element)),
      ];
    }
  }
}
