/** Compiles forms for writing. */
import { sortFew } from "../../core/sort-few.js";
import { readerOf, type Binder } from "../binder.js";
import { isBlank } from "../convert.js";
import { expandRest } from "../expand-rest.js";
import type { Form, ObjectForm, ValueForm } from "../form.js";
import { isTextual } from "../finish.js";
import { isBehind } from "../found-fields.js";
import { unmappedCounter } from "../rest-source.js";
import type { Expression, Scope } from "../scope.js";
import { noted } from "./noted.js";
import { openRestWriter } from "./write-open-rest.js";
import { isPlainText, plainTextWriter } from "./write-text.js";
import { refuse, valueWriter } from "./write-value.js";
import { leadOf, type Questions, type WrittenField, type Writer } from "./writer.js";

/** Compiles a form; what is written is what `renderForm` gives, in canonical JSON. */
export function formWriter<B>(form: Form, binder: Binder<B>, questions: Questions): Writer<B> {
  const write =
    form.kind === "object"
      ? objectFormWriter(form, binder, questions)
      : leafWriter(form, binder, questions);
  return noted(write, questions.written(form.at));
}

/** Compiles the fields of an object, sorted by name, as they stand in it. */
export function fieldWriters<B>(
  form: ObjectForm,
  binder: Binder<B>,
  questions: Questions,
): readonly WrittenField<B>[] {
  const doubt = questions.doubt(form.at);
  const fields = [...form.fields, ...expandRest(form)].map(({ name, form: inner }) => ({
    name,
    lead: leadOf(name),
    write: doubt?.name(name) === true ? refuse : formWriter(inner, binder, questions),
  }));
  sortFew(fields, isBehind);
  return fields;
}

function objectFormWriter<B>(form: ObjectForm, binder: Binder<B>, questions: Questions): Writer<B> {
  const { field, rest } = form;
  const fields = fieldWriters(form, binder, questions);
  if (rest !== undefined && field.open)
    return openRestWriter(form, rest, fields, binder, questions);
  const countUnmapped = rest && unmappedCounter(Object.keys(field.fields), rest, binder);
  return (scope, page) => {
    countUnmapped?.(scope);
    const start = page.at;
    for (const { lead, write } of fields) {
      const before = page.at;
      page.literal(lead);
      if (!write(scope, page)) page.at = before;
    }
    if (page.at === start) return false;
    page.closeObject(start);
    return true;
  };
}

function leafWriter<B>(
  form: Exclude<Form, ObjectForm>,
  binder: Binder<B>,
  questions: Questions,
): Writer<B> {
  const doubt = questions.doubt(form.at);
  const hear = questions.value(form.at);
  if (form.kind === "value" && hear === undefined && isPlainText(form))
    return plainTextWriter(form, doubt, binder);
  const read =
    (form.kind === "value" ? copied(form, binder) : undefined) ?? binder.render(form, binder);
  const write = valueWriter(form.field, doubt, hear);
  return (scope, page) => {
    const value = read(scope);
    return value !== undefined && write(value, page);
  };
}

/** Reads what goes as it is into its field, whose type is all that is done to it. */
function copied<B>(form: ValueForm, binder: Binder<B>): Expression<B> | undefined {
  const { field, source, steps } = form;
  const { map, fallback, as } = steps;
  if (source.kind !== "paths" || isTextual(steps)) return undefined;
  if (map !== undefined || fallback !== undefined) return undefined;
  if (as !== undefined && field.kind === "any") return undefined;
  const readers = source.paths.map((path) => readerOf(path, binder));
  const only = readers[0];
  // What is blank is written as nothing.
  if (readers.length === 1 && only !== undefined) return only;
  return (scope: Scope<B>) => {
    for (const read of readers) {
      const value = read(scope);
      if (!isBlank(value)) return value;
    }
    return undefined;
  };
}
