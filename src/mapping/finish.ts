/** The last steps of a value: normalize → hash or as → the field's type. */
import type { Json } from "../core/json.js";
import type { Field } from "../generated/fields.js";
import { hashOrKeep } from "../normalize/hash-or-keep.js";
import { NORMALIZERS } from "../normalize/index.js";
import { convert, type Conversion, type UnmappedListener } from "./convert.js";
import {
  isBlank,
  toBoolean,
  toDate,
  toInteger,
  toNumber,
  toText,
  toUnixSeconds,
} from "./convert-scalar.js";
import type { As, Steps, ValueForm } from "./form.js";

/** What a value becomes for which a normaliser found no use. */
export const DROPPED = Symbol("dropped");

/** Finishes one value that is not blank; pure, so that constants can be tried when compiled. */
export type Finish = (
  value: Json,
  country: string | undefined,
  unmapped: UnmappedListener,
) => Conversion | typeof DROPPED;

/**
 * True when the values of a list go through the steps one by one: a list field that is filled from
 * identifiers, or whose steps work on text.
 */
export function isElementwise(form: ValueForm): boolean {
  return elementOf(form) !== undefined;
}

function elementOf({ field, source, steps }: ValueForm): Field | undefined {
  if (field.kind !== "array") return undefined;
  const onEach = source.kind === "identifier" || steps.map !== undefined || isTextual(steps);
  return onEach ? field.items : undefined;
}

/** The last steps of a form's values, of each element where it is filled element by element. */
export function finisher(form: ValueForm): Finish {
  const { steps } = form;
  const typed = typing(elementOf(form) ?? form.field, steps.as);
  if (!isTextual(steps)) return (value, _country, unmapped) => typed(value, unmapped);
  return (value, country, unmapped) => {
    const text = toText(value);
    if (typeof text !== "string") return text;
    const normalize = (given: string) => normalizeText(given, steps, country);
    const result = steps.hash ? hashOrKeep(text, normalize) : normalize(text);
    return isBlank(result) ? DROPPED : typed(result, unmapped);
  };
}

type Typing = (value: Json, unmapped: UnmappedListener) => Conversion;

/** A custom property has the type that `as` gives it; for other fields `as` repeats their own. */
function typing(field: Field, as: As | undefined): Typing {
  return as === undefined || field.kind !== "any"
    ? (value, unmapped) => convert(value, field, unmapped)
    : AS_CONVERSIONS[as];
}

const AS_CONVERSIONS: Readonly<Record<As, (value: Json) => Conversion>> = {
  string: toText,
  integer: toInteger,
  number: toNumber,
  boolean: toBoolean,
  unix_seconds: toUnixSeconds,
  date: toDate,
};

/** True when the last steps work on text. */
export function isTextual({ normalize, hash }: Steps): boolean {
  return hash || normalize.length > 0;
}

function normalizeText(
  text: string,
  steps: Steps,
  country: string | undefined,
): string | undefined {
  let current: string | undefined = text;
  for (const name of steps.normalize) {
    current = NORMALIZERS[name](current, country);
    if (isBlank(current)) return undefined;
  }
  return current;
}
