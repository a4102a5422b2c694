/** The last steps of a value: normalize → hash or as → the field's type. */
import type { Json } from "../core/json.js";
import type { Field } from "../generated/fields.js";
import { hashOrKeep, type GivenDigests } from "../normalize/hash-or-keep.js";
import { givenDigest } from "../normalize/given-digest.js";
import { dropped, type Dropped, type Normalized, type Suspicion } from "../normalize/normalizer.js";
import { normalizerOf } from "../normalize/normalizer-of.js";
import { convert, type Conversion, type UnmappedListener } from "./convert.js";
import { toBoolean, toDate, toInteger, toNumber, toText, toUnixSeconds } from "./convert-scalar.js";
import type { As, Steps, ValueForm } from "./form.js";

/** What became of a value: it is sent, perhaps under suspicion, or left out for a reason. */
export type Finished =
  { readonly kind: "value"; readonly value: Conversion; readonly suspicion?: Suspicion } | Dropped;

/** Finishes one value that is not blank; pure, so that constants can be tried when compiled. */
export type Finish = (
  value: Json,
  country: string | undefined,
  unmapped: UnmappedListener,
) => Finished;

/**
 * True when the values of a list go through the steps one by one: a list field that is filled from
 * identifiers, or whose steps work on text.
 */
export function isElementwise(form: ValueForm): boolean {
  return elementOf(form) !== undefined;
}

/** The field of one of a list's values, where they go through the steps one by one. */
export function elementOf({ field, source, steps }: ValueForm): Field | undefined {
  if (field.kind !== "array") return undefined;
  const onEach = source.kind === "identifier" || steps.map !== undefined || isTextual(steps);
  return onEach ? field.items : undefined;
}

/**
 * The last steps of a form's values, of each element where it is filled element by element.
 *
 * @param digests `dropped` where a digest in the data is one of more than the field holds
 */
export function finisher(form: ValueForm, digests: GivenDigests): Finish {
  const { steps } = form;
  const typed = typing(elementOf(form) ?? form.field, steps.as);
  if (!isTextual(steps)) return (value, _country, unmapped) => sent(typed(value, unmapped));
  const normalize = normalizing(steps, digests);
  return (value, country, unmapped) => {
    const text = toText(value);
    if (typeof text !== "string") return sent(text);
    const result = normalize(text, country);
    if (typeof result === "string") return sent(typed(result, unmapped));
    if (result.kind === "dropped") return result;
    return { ...sent(typed(result.text, unmapped)), suspicion: result.reason };
  };
}

function sent(value: Conversion) {
  return { kind: "value", value } as const;
}

/** normalize → hash. A digest is kept from both, or dropped, even where nothing is hashed. */
function normalizing({ normalize, hash }: Steps, digests: GivenDigests) {
  const normalizer = normalizerOf(normalize);
  return (text: string, country: string | undefined): Normalized => {
    const run = (given: string) => normalizer(given, country);
    if (hash) return hashOrKeep(text, run, digests);
    return digests === "dropped" && givenDigest(text) !== undefined
      ? dropped("digest_of_whole")
      : run(text);
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
