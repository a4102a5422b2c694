import type { Json } from "../core/json.js";
import type { GivenDigests } from "../normalize/hash-or-keep.js";
import { takesPartOf } from "../normalize/index.js";
import { readerOf, type Binder } from "./binder.js";
import { elementsOf, unique, type UnmappedListener } from "./convert.js";
import { ConversionFault, isBlank, toText } from "./convert-scalar.js";
import { finisher, isElementwise, type Finished } from "./finish.js";
import type { Source, Steps, ValueForm } from "./form.js";
import { identifierReader } from "./identifier-reader.js";
import { count, countReason, setFault, type Expression, type Scope } from "./scope.js";

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
  const readings = readingsOf(form, binder);
  const choose = chooser(form.steps, isElementwise(form));
  const finishDefault = scopedFinish(form, binder, "kept");
  return (scope) => {
    for (const { read, finish } of readings) {
      const values = read(scope);
      if (values.length > 0) return finishAll(choose(values), finish, scope);
    }
    return finishAll(choose(NOTHING), finishDefault, scope);
  };
}

/** Where values come from, and how those that come from there are finished. */
interface Reading<B> {
  readonly read: Values<B>;
  readonly finish: ScopedFinish<B>;
}

/** One for each identifier type, the first that has a value counts; one for any other source. */
function readingsOf<B>(form: ValueForm, binder: Binder<B>): readonly Reading<B>[] {
  const { source, steps } = form;
  if (source.kind !== "identifier")
    return [{ read: sourceReader(source, binder), finish: scopedFinish(form, binder, "kept") }];
  return source.types.flatMap((type) => {
    const read = identifierReader(type, binder.shape);
    const digests = takesPartOf(steps.normalize, type) ? "dropped" : "kept";
    return read === undefined ? [] : [{ read, finish: scopedFinish(form, binder, digests) }];
  });
}

function finishAll<B>(
  values: readonly Json[],
  finish: ScopedFinish<B>,
  scope: Scope<B>,
): readonly Json[] {
  const finished: Json[] = [];
  for (const value of values) {
    const one = finish(value, scope);
    if (one !== undefined) finished.push(one);
  }
  return finished;
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

type ScopedFinish<B> = (value: Json, scope: Scope<B>) => Json | undefined;

/** The last steps, with what a row has to say about them: faults and counts go to the scope. */
function scopedFinish<B>(
  form: ValueForm,
  binder: Binder<B>,
  digests: GivenDigests,
): ScopedFinish<B> {
  const { at, steps } = form;
  const finish = finisher(form, digests);
  const heard = binder.listenTo(form);
  const country = steps.country === undefined ? NO_VALUE : binder.render(steps.country, binder);
  return (value, scope) => {
    const place = country(scope);
    const unmapped: UnmappedListener = (name) => {
      count(scope.tally.unmapped, `${at}.${name}`);
    };
    const result = finish(value, typeof place === "string" ? place : undefined, unmapped);
    heard?.(value, result);
    return result.kind === "value"
      ? sent(result, at, scope)
      : countReason(scope.tally.dropped, at, result.reason);
  };
}

function sent<B>(
  { value, suspicion }: Extract<Finished, { kind: "value" }>,
  at: string,
  scope: Scope<B>,
): Json | undefined {
  if (suspicion !== undefined) countReason(scope.tally.suspicious, at, suspicion);
  return value instanceof ConversionFault ? setFault(scope, at, value) : value;
}

const NO_VALUE = (): undefined => undefined;

/** What the source holds before any step, without blanks; one value. */
function sourceReader<B>(
  source: Exclude<Source, { kind: "identifier" }>,
  binder: Binder<B>,
): Values<B> {
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
