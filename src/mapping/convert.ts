/** Converts a value of the data to the type that the spec gives its field. */
import { isJsonArray, isJsonObject, sortedKeys, type Json } from "../core/json.js";
import type {
  ArrayField,
  Field,
  ObjectField,
  ScalarField,
  TupleField,
} from "../generated/fields.js";
import {
  ConversionFault,
  isBlank,
  toBoolean,
  toInteger,
  toNumber,
  toText,
  toUnixSeconds,
} from "./convert-scalar.js";
import { containerOf } from "./descend.js";

export { isBlank } from "./convert-scalar.js";

/** A converted value; `undefined` when it is blank. */
export type Conversion = Json | undefined | ConversionFault;

/** Hears of a field in the data that a closed object of the spec has no place for. */
export type UnmappedListener = (name: string) => unknown;

/** Converts along the spec. Text is trimmed; blank becomes `undefined`. */
export function convert(value: Json, field: Field, unmapped: UnmappedListener): Conversion {
  if (isBlank(value)) return undefined;
  switch (field.kind) {
    case "any":
      return value;
    case "array":
      return convertArray(value, field, unmapped);
    case "tuple":
      return convertTuple(value, field, unmapped);
    case "object":
      return convertObject(value, field, unmapped);
    default:
      return SCALARS[field.kind](value);
  }
}

const SCALARS: Readonly<Record<ScalarField["kind"], (value: Json) => Conversion>> = {
  string: toText,
  integer: toInteger,
  number: toNumber,
  boolean: toBoolean,
  unix_seconds: toUnixSeconds,
};

/** The elements of a list, of JSON text too; a single value is a list of one. */
export function elementsOf(value: Json): readonly Json[] {
  const list = containerOf(value);
  return isJsonArray(list) ? list : [value];
}

/** Equal items once, in the order of their first. */
export function unique(items: readonly Json[]): readonly Json[] {
  if (items.length < 2) return items;
  if (items.length <= FEW && items.every((item, index) => items.indexOf(item) === index))
    return items;
  return [...new Set(items)];
}

/** For so many items a look at each pair takes less than a set. */
const FEW = 8;

function convertArray(value: Json, field: ArrayField, unmapped: UnmappedListener): Conversion {
  const elements = elementsOf(value);
  const items = new Array<Json>(elements.length);
  let kept = 0;
  for (const element of elements) {
    const item = convert(element, field.items, unmapped);
    if (item instanceof ConversionFault) return item;
    if (item === undefined) continue;
    items[kept] = item;
    kept += 1;
  }
  items.length = kept;
  return field.unique ? unique(items) : items;
}

/** A blank element keeps its position; how many there must be is for the spec to say. */
function convertTuple(value: Json, field: TupleField, unmapped: UnmappedListener): Conversion {
  const elements = elementsOf(value);
  const items: Json[] = [];
  for (const [index, element] of elements.entries()) {
    const position = field.positions[index];
    if (position === undefined)
      return new ConversionFault(`has more than ${String(field.positions.length)} positions`);
    const item = convert(element, position.field, unmapped);
    if (item instanceof ConversionFault) return item;
    items.push(item ?? "");
  }
  return items;
}

function convertObject(value: Json, field: ObjectField, unmapped: UnmappedListener): Conversion {
  const object = containerOf(value);
  if (!isJsonObject(object)) return new ConversionFault("is not an object");
  const converted: Record<string, Json> = {};
  let empty = true;
  for (const name of sortedKeys(object)) {
    const property = convertProperty(name, object[name] ?? null, field, unmapped);
    if (property instanceof ConversionFault) return property;
    if (isBlank(property)) continue;
    converted[name] = property;
    empty = false;
  }
  return empty ? undefined : converted;
}

/**
 * Converts one property of the data that goes into an object of the spec. What Meta takes hashed
 * comes from identifiers only, never from a payload as it is.
 */
export function convertProperty(
  name: string,
  value: Json,
  field: ObjectField,
  unmapped: UnmappedListener,
): Conversion {
  const known = Object.hasOwn(field.fields, name) ? field.fields[name] : undefined;
  if (known?.hash === "never") {
    const property = convert(value, known, hasFields(known) ? below(name, unmapped) : unmapped);
    return property instanceof ConversionFault ? property.below(name) : property;
  }
  if (known === undefined && field.open) return value;
  unmapped(name);
  return undefined;
}

/** True for a field in which there may be one that the spec has no place for. */
function hasFields({ kind }: Field): boolean {
  return kind === "object" || kind === "array" || kind === "tuple";
}

function below(name: string, unmapped: UnmappedListener): UnmappedListener {
  return (inner) => unmapped(`${name}.${inner}`);
}
