/**
 * What a mapping makes of a record, worked out form by form as the guide says it: nothing is compiled or
 * kept from one record to the next. What is compiled is held to this.
 */
import { isJsonObject, type Json } from "../../src/core/json.js";
import type { ContractRecord } from "../../src/core/record.js";
import { COLUMNS } from "../../src/generated/fields.js";
import { formsOf } from "../../src/mapping/compile.js";
import { consumedBy, type Consumed } from "../../src/mapping/consumed.js";
import { convertProperty, elementsOf, isBlank } from "../../src/mapping/convert.js";
import { ConversionFault, toText } from "../../src/mapping/convert-scalar.js";
import { containerOf, descend } from "../../src/mapping/descend.js";
import { expandRest } from "../../src/mapping/expand-rest.js";
import { finisher, isElementwise } from "../../src/mapping/finish.js";
import type {
  CheckedMapping,
  EachForm,
  Form,
  ObjectForm,
  Rest,
  ValueForm,
} from "../../src/mapping/form.js";
import { count, countReason, emptyTally, type Fault } from "../../src/mapping/scope.js";
import { elementPath, type Path } from "../../src/mapping/shape.js";
import { takesPartOf } from "../../src/normalize/index.js";

/** Where in the data a form stands: the element of a list, and the path to it. */
interface Place {
  readonly item: Json | undefined;
  readonly element: Path | undefined;
}

const TOP: Place = { item: undefined, element: undefined };

/** Renders one record, once. */
export class PlainRendering {
  readonly tally = emptyTally();
  readonly onlyIf: Json | undefined;
  /** The event; or the values of each column that has any. */
  readonly result: Json | undefined;
  fault: Fault | undefined;
  private readonly consumed: Consumed;

  constructor(
    mapping: CheckedMapping,
    private readonly record: ContractRecord | undefined,
    private readonly config: Readonly<Record<string, string>>,
  ) {
    this.consumed = consumedBy(formsOf(mapping));
    this.onlyIf = mapping.onlyIf && this.form(mapping.onlyIf, TOP);
    this.result =
      mapping.surface === "events" ? this.form(mapping.event, TOP) : this.columns(mapping);
  }

  private columns({
    columns,
    rest,
  }: Extract<CheckedMapping, { surface: "custom_audiences" }>): Json {
    if (rest !== undefined && columns.length > 0)
      this.countUnmapped(rest, Object.keys(COLUMNS), TOP);
    const cells = columns.map(({ name, form }): [string, readonly Json[]] => {
      if (form.kind === "value" && form.field.kind !== "array")
        return [name, this.values(form, TOP)];
      const value = this.form(form, TOP);
      return [name, value === undefined ? [] : [value]];
    });
    return Object.fromEntries(cells.filter(([, values]) => values.length > 0));
  }

  private form(form: Form, place: Place): Json | undefined {
    switch (form.kind) {
      case "value":
        return this.value(form, place);
      case "each":
        return this.each(form, place);
      case "object":
        return this.object(form, place);
      case "tuple": {
        const positions = form.positions.map((one) => one && this.form(one, place));
        return positions.every((one) => one === undefined)
          ? undefined
          : positions.map((one) => one ?? "");
      }
    }
  }

  private value(form: ValueForm, place: Place): Json | undefined {
    const values = this.values(form, place);
    if (!isElementwise(form)) return values[0];
    if (values.length === 0) return undefined;
    return form.field.kind === "array" && form.field.unique ? [...new Set(values)] : values;
  }

  private each({ path, item, field }: EachForm, place: Place): Json | undefined {
    const list = this.read(path, place);
    if (isBlank(list)) return undefined;
    const element = elementPath(path, place.element);
    const entries = elementsOf(list).flatMap((inner) => {
      const entry = this.form(item, { item: inner, element });
      return entry === undefined ? [] : [entry];
    });
    if (entries.length === 0) return undefined;
    return field.kind === "array" && field.unique ? [...new Set(entries)] : entries;
  }

  private object(form: ObjectForm, place: Place): Json | undefined {
    const { at, field, fields, rest } = form;
    const made: [string, Json][] = [];
    for (const { name, form: inner } of [...fields, ...expandRest(form)]) {
      const value = this.form(inner, place);
      if (value !== undefined) made.push([name, value]);
    }
    if (rest !== undefined && !field.open)
      this.countUnmapped(rest, Object.keys(field.fields), place);
    if (rest !== undefined && field.open) {
      const left = [...fields.map(({ name }) => name), ...rest.except];
      const found = rest.sources.flatMap((source) => this.fieldsOf(source, left, place));
      const first = found.filter(([name], at) => found.findIndex(([one]) => one === name) === at);
      for (const [name, value] of first.sort(([a], [b]) => (a < b ? -1 : 1))) {
        const unmapped = (inner: string) => count(this.tally.unmapped, `${at}.${inner}`);
        const property = convertProperty(name, value, field, unmapped);
        if (property instanceof ConversionFault) this.setFault(at, property);
        else if (!isBlank(property)) made.push([name, property]);
      }
    }
    return made.length === 0 ? undefined : Object.fromEntries(made);
  }

  private countUnmapped(rest: Rest, known: readonly string[], place: Place): void {
    for (const source of rest.sources)
      if (source.root === "item" || source.parts.length > 0)
        for (const [name] of this.fieldsOf(source, [...known, ...rest.except], place))
          count(this.tally.unmapped, `${source.text}.${name}`);
  }

  /** The fields under a source that are not blank and that nothing else takes. */
  private fieldsOf(source: Path, left: readonly string[], place: Place): [string, Json][] {
    const value = this.read(source, place);
    const object = containerOf(value);
    if (!isJsonObject(object)) {
      if (!isBlank(value)) count(this.tally.unmapped, source.text);
      return [];
    }
    const consumed = this.consumed(source, place.element);
    return Object.entries(object).filter(
      ([name, one]) =>
        !left.includes(name) && !consumed.has(name) && name !== "__proto__" && !isBlank(one),
    );
  }

  /** read → map → default → normalize → hash or as → the field's type. */
  private values(form: ValueForm, place: Place): readonly Json[] {
    const { at, steps } = form;
    const { values, digests } = this.source(form, place);
    const spread = (some: readonly Json[]) =>
      isElementwise(form) ? some.flatMap(elementsOf).filter((one) => !isBlank(one)) : some;
    const { map, fallback } = steps;
    const mapped = spread(values).flatMap((value) => {
      if (map === undefined) return [value];
      const text = typeof value === "boolean" ? String(value) : toText(value);
      const found = typeof text === "string" ? map.get(text) : undefined;
      return found === undefined ? [] : [found];
    });
    const chosen = spread(mapped);
    const standIn = fallback === undefined ? [] : spread([fallback]);
    return (chosen.length === 0 ? standIn : chosen).flatMap((value) => {
      const country = steps.country && this.form(steps.country, place);
      const finished = finisher(form, digests)(
        value,
        typeof country === "string" ? country : undefined,
        (name) => count(this.tally.unmapped, `${at}.${name}`),
      );
      if (finished.kind === "dropped") {
        countReason(this.tally.dropped, at, finished.reason);
        return [];
      }
      if (finished.suspicion !== undefined)
        countReason(this.tally.suspicious, at, finished.suspicion);
      if (finished.value instanceof ConversionFault) this.setFault(at, finished.value);
      else if (finished.value !== undefined) return [finished.value];
      return [];
    });
  }

  private source({ source, steps }: ValueForm, place: Place) {
    if (source.kind === "constant") return { values: [source.value], digests: "kept" } as const;
    if (source.kind === "paths") {
      const found = source.paths.map((path) => this.read(path, place));
      const first = found.find((value) => !isBlank(value));
      return { values: first === undefined ? [] : [first], digests: "kept" } as const;
    }
    for (const type of source.types) {
      const values = this.identifiers(type);
      const digests = takesPartOf(steps.normalize, type) ? "dropped" : "kept";
      if (values.length > 0) return { values, digests } as const;
    }
    return { values: [], digests: "kept" } as const;
  }

  private identifiers(type: string): readonly Json[] {
    const all = this.record?.identifiers ?? [];
    return all.flatMap(({ type: own, value }) => {
      if (own !== type || isBlank(value)) return [];
      if (typeof value === "string") return [value.trim()];
      if (typeof value === "number" && Number.isSafeInteger(value)) return [String(value)];
      const message = "has a value that is neither text nor a whole number";
      this.setFault(`identifiers.${type}`, new ConversionFault(message, "invalid_identifier"));
      return [];
    });
  }

  private read({ root, parts }: Path, { item }: Place): Json | undefined {
    const { record } = this;
    if (root === "config") return this.config[parts.join(".")];
    if (root === "item") return descend(item, parts);
    const isEvent = record?.kind === "event";
    const roots: Partial<Record<typeof root, Json | undefined>> = {
      payload: record?.payload,
      key: record?.key,
      identity: record?.givenIdentity,
      operation: record?.operation,
      target: isEvent ? undefined : record?.target,
      event_name: isEvent ? record.eventName : undefined,
      event_type: isEvent ? record.eventType : undefined,
      occurred_at: isEvent ? record.occurredAt : undefined,
    };
    return descend(roots[root], parts);
  }

  private setFault(at: string, { code, message, path }: ConversionFault): void {
    const field = [at, ...path].join(".");
    this.fault ??= { code, field, message: `\`${field}\` ${message}.` };
  }
}
