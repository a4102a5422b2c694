import { isJsonArray, type Json } from "../core/json.js";
import type { GivenDigests } from "../normalize/hash-or-keep.js";
import { takesPartOf } from "../normalize/index.js";
import { readerOf, type Binder } from "./binder.js";
import { elementsOf, unique, type UnmappedListener } from "./convert.js";
import { ConversionFault, isBlank, toText } from "./convert-scalar.js";
import { containerOf } from "./descend.js";
import { finisher, isElementwise, type Finished } from "./finish.js";
import type { Source, Steps, ValueForm } from "./form.js";
import { identifierReader } from "./identifier-reader.js";
import { count, countReason, setFault, type Expression, type Scope, type Tally } from "./scope.js";

/** Gives every usable value that a form finds in a row. */
export type Values<B> = (scope: Scope<B>) => readonly Json[];

/** Compiles a value form: a list field takes all usable values, a single field the first one. */
export function renderValue<B>(form: ValueForm, binder: Binder<B>): Expression<B> {
  const { field, source } = form;
  if (isElementwise(form)) {
    const values = renderValues(form, binder);
    const distinct = field.kind === "array" && field.unique;
    return (scope) => {
      const all = values(scope);
      if (all.length === 0) return undefined;
      return distinct ? unique(all) : all;
    };
  }
  if (source.kind === "identifier") {
    const values = renderValues(form, binder);
    return (scope) => values(scope)[0];
  }
  return renderSingle(form, sourceReader(source, binder), binder);
}

/** One value, without a list around it on the way. */
function renderSingle<B>(form: ValueForm, read: Expression<B>, binder: Binder<B>): Expression<B> {
  const { map, fallback } = form.steps;
  const finish = scopedFinish(form, binder, "kept");
  return (scope) => {
    const value = read(scope);
    const mapped = map === undefined || value === undefined ? value : lookUp(map, value);
    const chosen = mapped === undefined ? fallback : mapped;
    return chosen === undefined ? undefined : finish(chosen, scope);
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
  if (source.kind !== "identifier") {
    const read = sourceReader(source, binder);
    const values: Values<B> = (scope) => {
      const value = read(scope);
      return value === undefined ? NOTHING : [value];
    };
    return [{ read: values, finish: scopedFinish(form, binder, "kept") }];
  }
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
  let finished: Json[] | undefined;
  for (const value of values) {
    const one = finish(value, scope);
    if (one === undefined) continue;
    if (finished === undefined) finished = [one];
    else finished.push(one);
  }
  return finished ?? NOTHING;
}

/** map → default. */
function chooser(
  { map, fallback }: Steps,
  elementwise: boolean,
): (values: readonly Json[]) => readonly Json[] {
  const spread = elementwise ? elementsOfAll : (values: readonly Json[]) => values;
  const standIn = fallback === undefined ? NOTHING : spread([fallback]);
  const mapped =
    map === undefined
      ? spread
      : (values: readonly Json[]) =>
          spread(
            spread(values).flatMap((value) => {
              const found = lookUp(map, value);
              return found === undefined ? [] : [found];
            }),
          );
  return (values) => {
    const chosen = mapped(values);
    return chosen.length === 0 ? standIn : chosen;
  };
}

/** What lists among the values hold, without blanks. */
function elementsOfAll(values: readonly Json[]): readonly Json[] {
  return values.every(isElement)
    ? values
    : values.flatMap(elementsOf).filter((value) => !isBlank(value));
}

function isElement(value: Json): boolean {
  return !isBlank(value) && !isJsonArray(containerOf(value));
}

/** Compares trimmed text exactly; no match is blank. */
function lookUp(map: ReadonlyMap<string, Json>, value: Json): Json | undefined {
  const text = typeof value === "boolean" ? String(value) : toText(value);
  return typeof text === "string" ? map.get(text) : undefined;
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
  let counted: Tally;
  const unmapped: UnmappedListener = (name) => {
    count(counted.unmapped, `${at}.${name}`);
  };
  return (value, scope) => {
    const given = country(scope);
    const place = typeof given === "string" ? given : undefined;
    counted = scope.tally;
    const result = finish(value, place, unmapped);
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

/** What the source holds before any step; `undefined` when that is blank. */
function sourceReader<B>(
  source: Exclude<Source, { kind: "identifier" }>,
  binder: Binder<B>,
): Expression<B> {
  if (source.kind === "constant") return () => source.value;
  const readers = source.paths.map((path) => readerOf(path, binder));
  return (scope) => {
    for (const read of readers) {
      const value = read(scope);
      if (!isBlank(value)) return value;
    }
    return undefined;
  };
}

const NOTHING: readonly Json[] = [];
