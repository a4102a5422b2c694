import type { Json } from "../core/json.js";
import type { Binder } from "./binder.js";
import { convertProperty } from "./convert.js";
import { ConversionFault, isBlank } from "./convert-scalar.js";
import type { ObjectForm, Rest } from "./form.js";
import { FoundFields, type FoundField } from "./found-fields.js";
import { restSource } from "./rest-source.js";
import { count, setFault, type Scope } from "./scope.js";

/**
 * Every field of the sources that the mapping does not read, write or except, from the first source
 * that has it; fields of the spec by their type, all others as they are; names sorted.
 */
export function renderOpenRest<B>(
  form: ObjectForm,
  rest: Rest,
  binder: Binder<B>,
): (scope: Scope<B>) => readonly FoundField[] {
  const { at, field } = form;
  const left = [...form.fields.map(({ name }) => name), ...rest.except];
  const sources = rest.sources.map((path) => restSource(path, left, binder));
  return (scope) => {
    const found = new FoundFields();
    const visit = (name: string, value: Json): void => found.add(name, value);
    for (const source of sources) {
      found.nextSource();
      source(scope, visit);
    }
    const unmapped = (name: string): void => {
      count(scope.tally.unmapped, `${at}.${name}`);
    };
    return found.converted((name, value) => {
      const property = convertProperty(name, value, field, unmapped);
      if (property instanceof ConversionFault) return setFault(scope, at, property);
      return isBlank(property) ? undefined : property;
    });
  };
}
