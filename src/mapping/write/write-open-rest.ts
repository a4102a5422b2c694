import { isJsonObject, type Json, type JsonObject } from "../../core/json.js";
import { readerOf, type Binder } from "../binder.js";
import { isBlank } from "../convert.js";
import type { ObjectForm, Rest } from "../form.js";
import { restSource, skippedNames } from "../rest-source.js";
import type { Expression, Scope } from "../scope.js";
import { noted } from "./noted.js";
import {
  objectWriter,
  type FixedField,
  type ObjectWriter,
  type WriterOfName,
} from "./write-object-value.js";
import { propertyWriter } from "./write-value.js";
import type { Questions, WrittenField, Writer } from "./writer.js";

/**
 * Compiles an object of the fields that the mapping names, and of those that it does not. In nearly all
 * rows one source has all of these, and is read as it stands.
 */
export function openRestWriter<B>(
  form: ObjectForm,
  rest: Rest,
  fields: readonly WrittenField<B>[],
  binder: Binder<B>,
  questions: Questions,
): Writer<B> {
  const { at, field } = form;
  const doubt = questions.doubt(at);
  const left = [...form.fields.map(({ name }) => name), ...rest.except];
  const property: WriterOfName = (name) =>
    noted(propertyWriter(name, field, doubt), questions.written(`${at}.${name}`));
  // One row is written at a time.
  let row: Scope<B> | undefined;
  const fixed = fields.map(({ name, lead, write }): FixedField => ({
    name,
    lead,
    write: (_, page) => row !== undefined && write(row, page),
  }));
  const sources = rest.sources.map((path): Source<B> => {
    const skipped = skippedNames(path, left, binder);
    const ofName: WriterOfName = (name) => (skipped.has(name) ? undefined : property(name));
    const isObject = path.root === "item" || binder.shape.names(path) === undefined;
    return { isObject, read: readerOf(path, binder), write: objectWriter(ofName, fixed) };
  });
  const areObjects = sources.every(({ isObject }) => isObject);
  const gathered = gatherer(rest, left, binder);
  const writeGathered = objectWriter(property, fixed);
  return (scope, page) => {
    row = scope;
    const source = areObjects ? onlySource(sources, scope) : undefined;
    const object = source?.read(scope);
    const isWritten =
      source !== undefined && isJsonObject(object)
        ? source.write(object, page)
        : writeGathered(gathered(scope), page);
    row = undefined;
    return isWritten;
  };
}

interface Source<B> {
  /** Not where its fields are the columns of a table. */
  readonly isObject: boolean;
  readonly read: Expression<B>;
  readonly write: ObjectWriter;
}

/** The one source that has a value. */
function onlySource<B>(sources: readonly Source<B>[], scope: Scope<B>): Source<B> | undefined {
  let only: Source<B> | undefined;
  for (const source of sources) {
    if (isBlank(source.read(scope))) continue;
    if (only !== undefined) return undefined;
    only = source;
  }
  return only;
}

/** Each field from the first source that has it. */
function gatherer<B>(
  { sources }: Rest,
  left: readonly string[],
  binder: Binder<B>,
): (scope: Scope<B>) => JsonObject {
  const visits = sources.map((path) => restSource(path, left, binder));
  return (scope) => {
    const found: Record<string, Json> = {};
    const visit = (name: string, value: Json): void => {
      if (!Object.hasOwn(found, name)) found[name] = value;
    };
    for (const source of visits) source(scope, visit);
    return found;
  };
}
