/** Follows the forms of a mapping through one record: which field of it goes where. */
import { isJsonArray, isJsonObject } from "../../core/json.js";
import type { ContractRecord } from "../../core/record.js";
import type { Field, ObjectField } from "../../generated/fields.js";
import type { Consumed } from "../../mapping/consumed.js";
import { isBlank } from "../../mapping/convert.js";
import { containerOf } from "../../mapping/descend.js";
import { expandRest } from "../../mapping/expand-rest.js";
import type { EachForm, Form, ObjectForm, Rest, ValueForm } from "../../mapping/form.js";
import { elementPath, type Path, type PathRoot } from "../../mapping/shape.js";
import {
  elementName,
  identifierName,
  namesBelow,
  placeBelow,
  rootPlaces,
  type Place,
} from "./input-fields.js";

/**
 * Hears of each field of the record that a form reads.
 *
 * @param at the field of the result
 * @param taken false where the value of another field was taken, which stands before it in a list
 */
export type ReadListener = (field: string, at: string, taken: boolean) => void;

/** Follows one form. Reading takes the same decisions as rendering: the first that is not blank. */
export function traceForm(
  form: Form,
  record: ContractRecord,
  consumed: Consumed,
  listener: ReadListener,
): void {
  new Trace(record, consumed, listener).form(form, undefined);
}

/** The element that `item` stands for: where it is in the record, and by which path. */
interface Element {
  readonly place: Place;
  readonly list: Path;
}

class Trace {
  private readonly roots: ReadonlyMap<PathRoot, Place>;

  constructor(
    private readonly record: ContractRecord,
    private readonly consumed: Consumed,
    private readonly listener: ReadListener,
  ) {
    this.roots = rootPlaces(record);
  }

  form(form: Form, element: Element | undefined): void {
    switch (form.kind) {
      case "value":
        this.value(form, element);
        break;
      case "each":
        this.each(form, element);
        break;
      case "tuple":
        for (const position of form.positions)
          if (position !== undefined) this.form(position, element);
        break;
      case "object":
        this.object(form, element);
        break;
    }
  }

  private value({ source, steps, at, field }: ValueForm, element: Element | undefined): void {
    if (source.kind === "identifier") this.identifiers(source.types, at);
    if (source.kind === "paths") {
      let taken = true;
      for (const path of source.paths) {
        const place = this.place(path, element);
        if (place === undefined || isBlank(place.value)) continue;
        this.converted(place, field, at, taken);
        taken = false;
      }
    }
    if (steps.country !== undefined) this.form(steps.country, element);
  }

  private identifiers(types: readonly string[], at: string): void {
    const present = types.filter((type) =>
      this.record.identifiers.some((one) => one.type === type && !isBlank(one.value)),
    );
    for (const type of new Set(present))
      this.listener(identifierName(type), at, type === present[0]);
  }

  private each({ path, item }: EachForm, element: Element | undefined): void {
    const place = this.place(path, element);
    if (place === undefined || isBlank(place.value)) return;
    const list = elementPath(path, element?.list);
    const elements = containerOf(place.value);
    if (isJsonArray(elements))
      for (const value of elements)
        this.form(item, { list, place: { name: elementName(place.name), value } });
    else this.form(item, { list, place });
  }

  private object(form: ObjectForm, element: Element | undefined): void {
    for (const { form: inner } of [...form.fields, ...expandRest(form)]) this.form(inner, element);
    if (form.rest !== undefined && form.field.open) this.openRest(form, form.rest, element);
  }

  private openRest({ fields, field, at }: ObjectForm, rest: Rest, element: Element | undefined) {
    const left = new Set([...fields.map(({ name }) => name), ...rest.except, "__proto__"]);
    const found = new Set<string>();
    for (const source of rest.sources) {
      const place = this.place(source, element);
      const object = containerOf(place?.value);
      if (place === undefined || !isJsonObject(object)) continue;
      const consumed = this.consumed(source, element?.list);
      for (const [name, value] of Object.entries(object)) {
        if (left.has(name) || consumed.has(name) || isBlank(value)) continue;
        this.property({ name: `${place.name}.${name}`, value }, name, field, at, !found.has(name));
        found.add(name);
      }
    }
  }

  /** What a field of the result takes of a value: all of it, or what the spec has a place for. */
  private converted(place: Place, field: Field, at: string, taken: boolean): void {
    const inner = containerOf(place.value);
    if (field.kind === "object" && isJsonObject(inner))
      for (const [name, value] of Object.entries(inner))
        this.property({ name: `${place.name}.${name}`, value }, name, field, at, taken);
    else if (field.kind === "array" && isJsonArray(inner) && inner.length > 0)
      for (const value of inner)
        this.converted({ name: elementName(place.name), value }, field.items, at, taken);
    else if (field.kind === "array" && isJsonObject(inner))
      this.converted(place, field.items, at, taken);
    else for (const name of namesBelow(place)) this.listener(name, at, taken);
  }

  /** One property of an object of the data: hashed fields and unknown ones of closed objects are left. */
  private property(
    place: Place,
    name: string,
    { fields, open }: ObjectField,
    at: string,
    taken: boolean,
  ): void {
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const below = at === "" ? name : `${at}.${name}`;
    if (known?.hash === "never") this.converted(place, known, below, taken);
    else if (known === undefined && open)
      for (const leaf of namesBelow(place)) this.listener(leaf, below, taken);
  }

  private place({ root, parts }: Path, element: Element | undefined): Place | undefined {
    const start = root === "item" ? element?.place : this.roots.get(root);
    return start && placeBelow(start, parts);
  }
}
