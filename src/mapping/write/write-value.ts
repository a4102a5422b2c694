/** Writes values of the data in the type that the spec gives a field. */
import { surelyTrimmed } from "../../core/blank.js";
import { literalOf } from "../../core/json-literal.js";
import { MARKED, type JsonPage } from "../../core/json-page.js";
import { isJsonArray, isJsonObject, type Json } from "../../core/json.js";
import type { ArrayField, Field, ObjectField, ScalarField } from "../../generated/fields.js";
import { isBlank } from "../convert.js";
import {
  ConversionFault,
  toBoolean,
  toInteger,
  toNumber,
  toText,
  toUnixSeconds,
} from "../convert-scalar.js";
import { boundsFault } from "../field-bounds.js";
import { objectWriter, type WriterOfName } from "./write-object-value.js";
import { COMMA, type Doubt, type Hear, type ValueWriter } from "./writer.js";

/**
 * Writes a value as `convert` would have it, in canonical JSON. What does not convert, breaks the bounds
 * of its field or is doubtful, and what hardly ever comes, is not ordinary.
 *
 * @param hear is told a single value
 */
export function valueWriter(field: Field, doubt: Doubt | undefined, hear?: Hear): ValueWriter {
  switch (field.kind) {
    case "any":
      return filled(anyWriter(doubt));
    case "array":
      return listWriter(field, valueWriter(field.items, doubt));
    case "tuple":
      return refuse;
    case "object":
      return fieldsWriter(field, doubt);
    case "boolean":
      return scalarWriter(field, toBoolean, writeBoolean, hear);
    case "string":
      return textFieldWriter(field, doubt, hear);
    case "integer":
      return scalarWriter(field, toInteger, writeNumber, hear);
    case "number":
      return numberFieldWriter(field, hear);
    case "unix_seconds":
      return scalarWriter(field, toUnixSeconds, writeNumber, hear);
  }
}

/** Any JSON as it is, blank or not. */
export function anyWriter(doubt: Doubt | undefined): ValueWriter {
  const text = textWriter(doubt);
  const object = objectWriter((name) => (doubt?.name(name) === true ? refuse : write));
  function write(value: Json, page: JsonPage): boolean {
    if (typeof value === "string") text(value, page);
    else if (typeof value === "number") page.number(value);
    else if (typeof value === "boolean") writeBoolean(value, page);
    else if (value === null) page.literal(NULL);
    else if (isJsonArray(value)) writeItems(value, write, page);
    else if (!object(value, page)) page.literal(EMPTY);
    return true;
  }
  return write;
}

/** Writes a property of an object of the spec, as `convertProperty` would. */
export function propertyWriter(
  name: string,
  field: ObjectField,
  doubt: Doubt | undefined,
): ValueWriter {
  if (doubt?.name(name) === true) return refuse;
  const known = Object.hasOwn(field.fields, name) ? field.fields[name] : undefined;
  if (known?.hash === "never") return valueWriter(known, doubt);
  return known === undefined && field.open ? filled(anyWriter(doubt)) : refuse;
}

/** Nearly all texts are trimmed, and of most fields nothing else is asked: these are written at once. */
function textFieldWriter(
  field: ScalarField,
  doubt: Doubt | undefined,
  hear: Hear | undefined,
): ValueWriter {
  const text = textWriter(doubt);
  const write = scalarWriter(field, toText, text, hear);
  if (hear !== undefined || isLimited(field)) return write;
  return (value, page) => {
    if (typeof value !== "string" || !surelyTrimmed(value)) return write(value, page);
    text(value, page);
    return true;
  };
}

/** The same of numbers; those that JSON does not have, or has not exactly, are none that are sent. */
function numberFieldWriter(field: ScalarField, hear: Hear | undefined): ValueWriter {
  const write = scalarWriter(field, toNumber, writeNumber, hear);
  if (hear !== undefined || isLimited(field)) return write;
  return (value, page) => {
    if (typeof value !== "number" || !(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
      return write(value, page);
    page.number(value);
    return true;
  };
}

/** A text as it is. */
export function textWriter(doubt: Doubt | undefined): (text: string, page: JsonPage) => void {
  if (doubt === undefined) return (text, page) => void page.text(text);
  return (text, page) => {
    if (page.text(text) === MARKED && doubt.text(text)) page.giveUp();
  };
}

/** What is for the long way, whatever it is. */
export function refuse(_value: unknown, page: JsonPage): boolean {
  return page.giveUp();
}

function filled(write: ValueWriter): ValueWriter {
  return (value, page) => !isBlank(value) && write(value, page);
}

function scalarWriter<T extends Json>(
  field: ScalarField,
  convert: (value: Json) => T | ConversionFault,
  write: (value: T, page: JsonPage) => void,
  hear: Hear = NOBODY,
): ValueWriter {
  const fits = fitter(field);
  return (value, page) => {
    if (isBlank(value)) return false;
    const converted = convert(value);
    if (converted instanceof ConversionFault || !fits(converted)) return page.giveUp();
    hear(converted);
    write(converted, page);
    return true;
  };
}

const NOBODY = (): void => undefined;

/** Lower-case hex, without the suffix that a digest may have. */
const DIGEST = /^[0-9a-f]{64}$/;

/** Whether the spec says more of a field than its type. */
function isLimited({ hash, enum: words, bounds }: ScalarField): boolean {
  return hash === "required" || words !== undefined || bounds !== undefined;
}

/** Whether the spec takes a value of the right type; it may say no to one that Meta would take. */
function fitter({ hash, enum: words, bounds }: ScalarField): (value: Json) => boolean {
  if (hash === "required") return (value) => typeof value === "string" && DIGEST.test(value);
  if (words !== undefined) {
    const known: ReadonlySet<Json> = new Set(words);
    return (value) => known.has(value);
  }
  if (bounds === undefined) return ALWAYS;
  const fault = boundsFault(bounds);
  return (value) => fault(value) === undefined;
}

const ALWAYS = (): true => true;

/** A list of the data; what is a list in another form (JSON text, a single value) hardly ever comes. */
function listWriter({ unique }: ArrayField, item: ValueWriter): ValueWriter {
  return (value, page) => {
    if (isBlank(value)) return false;
    if (!isJsonArray(value) || (unique && !areDistinct(value))) return page.giveUp();
    writeItems(value, item, page);
    return true;
  };
}

/** True of texts that stay different when they are trimmed; it may be false of others. */
function areDistinct(items: readonly Json[]): boolean {
  return (
    items.length > 0 &&
    items.every(
      (item, index) =>
        typeof item === "string" &&
        item !== "" &&
        item.trim() === item &&
        items.indexOf(item) === index,
    )
  );
}

function writeItems(items: readonly Json[], write: ValueWriter, page: JsonPage): void {
  const start = page.at;
  for (const item of items) {
    const before = page.at;
    page.byte(COMMA);
    if (!write(item, page)) page.at = before;
  }
  page.closeList(start);
}

function fieldsWriter(field: ObjectField, doubt: Doubt | undefined): ValueWriter {
  const ofName: WriterOfName = (name) => propertyWriter(name, field, doubt);
  const write = objectWriter(ofName);
  return (value, page) => {
    if (isBlank(value)) return false;
    return isJsonObject(value) ? write(value, page) : page.giveUp();
  };
}

function writeBoolean(value: boolean, page: JsonPage): void {
  page.literal(value ? TRUE : FALSE);
}

function writeNumber(value: number, page: JsonPage): void {
  page.number(value);
}

const NULL = literalOf("null");
const TRUE = literalOf("true");
const FALSE = literalOf("false");
const EMPTY = literalOf("{}");
