import type { Json } from "../core/json.js";
import { readerOf, type Binder } from "./binder.js";
import { elementsOf, unique, type UnmappedListener } from "./convert.js";
import { ConversionFault, isBlank, toText } from "./convert-scalar.js";
import { DROPPED, finisher, isElementwise } from "./finish.js";
import type { Steps, ValueForm } from "./form.js";
import { identifierReader } from "./identifier-reader.js";
import { count, setFault, type Expression, type Scope } from "./scope.js";

/** Gives every usable value that a form finds in a row. */
export type Values<B> = (scope: Scope<B>) => readonly Json[];

/** Compiles a value form: a list field takes all usable values, a single field the first one. */
export function renderValue<B>(form: ValueForm, binder: Binder<B>): Expression<B> {
  const values = renderValues(form, binder);
  if (!isElementwise(form)) return (scope) => values(scope)[0];
  const distinct = form.field.kind === "array" && form.field.unique;
  return (scope) => {
    const all = values(scope);
    if (all.length === 0) return undefined;
    return distinct ? unique(all) : all;
  };
}

/** Compiles a value form: read → map → default → normalize → hash or as → the field's type. */
export function renderValues<B>(form: ValueForm, binder: Binder<B>): Values<B> {
  const read = sourceReader(form, binder);
  const choose = chooser(form.steps, isElementwise(form));
  const finish = scopedFinish(form, binder);
  return (scope) => {
    const finished: Json[] = [];
    for (const value of choose(read(scope))) {
      const one = finish(value, scope);
      if (one !== undefined) finished.push(one);
    }
    return finished;
  };
}

/** map → default. */
function chooser(
  { map, fallback }: Steps,
  elementwise: boolean,
): (values: readonly Json[]) => readonly Json[] {
  const spread = (values: readonly Json[]) =>
    elementwise ? values.flatMap(elementsOf).filter((value) => !isBlank(value)) : values;
  const standIn = fallback === undefined ? [] : spread([fallback]);
  const mapped =
    map === undefined
      ? spread
      : (values: readonly Json[]) => spread(spread(values).flatMap((value) => lookUp(map, value)));
  return (values) => {
    const chosen = mapped(values);
    return chosen.length === 0 ? standIn : chosen;
  };
}

/** Compares trimmed text exactly; no match is blank. */
function lookUp(map: ReadonlyMap<string, Json>, value: Json): readonly Json[] {
  const text = typeof value === "boolean" ? String(value) : toText(value);
  const found = typeof text === "string" ? map.get(text) : undefined;
  return found === undefined ? [] : [found];
}

/** The last steps, with what a row has to say about them: faults and counts go to the scope. */
function scopedFinish<B>(form: ValueForm, binder: Binder<B>) {
  const { at, steps } = form;
  const finish = finisher(form);
  const country = steps.country === undefined ? NO_VALUE : binder.render(steps.country, binder);
  return (value: Json, scope: Scope<B>): Json | undefined => {
    const place = country(scope);
    const unmapped: UnmappedListener = (name) => {
      count(scope.tally.unmapped, `${at}.${name}`);
    };
    const result = finish(value, typeof place === "string" ? place : undefined, unmapped);
    if (result instanceof ConversionFault) return setFault(scope, at, result);
    if (result !== DROPPED) return result;
    count(scope.tally.dropped, at);
    return undefined;
  };
}

const NO_VALUE = (): undefined => undefined;

/** What the source holds before any step, without blanks; one value except from identifiers. */
function sourceReader<B>({ source }: ValueForm, binder: Binder<B>): Values<B> {
  if (source.kind === "identifier") return identifierReader(source.types, binder.shape);
  if (source.kind === "constant") {
    const constant = [source.value];
    return () => constant;
  }
  const readers = source.paths.map((path) => readerOf(path, binder));
  return (scope) => {
    for (const read of readers) {
      const value = read(scope);
      if (!isBlank(value)) return [value];
    }
    return NOTHING;
  };
}

const NOTHING: readonly Json[] = [];
