import { alphanumeric } from "./alphanumeric.js";
import { digits } from "./digits.js";
import { lowercase } from "./lowercase.js";
import { metaBirthDate } from "./meta-birth-date.js";
import { metaBirthDay } from "./meta-birth-day.js";
import { metaBirthMonth } from "./meta-birth-month.js";
import { metaBirthYear } from "./meta-birth-year.js";
import { metaCity } from "./meta-city.js";
import { metaCountry } from "./meta-country.js";
import { metaEmail } from "./meta-email.js";
import { metaF5 } from "./meta-f5.js";
import { metaGender } from "./meta-gender.js";
import { metaInitial } from "./meta-initial.js";
import { metaName } from "./meta-name.js";
import { metaPhone } from "./meta-phone.js";
import { metaState } from "./meta-state.js";
import { metaZip } from "./meta-zip.js";
import type { Normalizer } from "./normalizer.js";
import { removeSpaces } from "./remove-spaces.js";
import { trim } from "./trim.js";
import { uppercase } from "./uppercase.js";

/** The names that `normalize:` takes; a closed set: small steps, and Meta's rule for a field. */
export const NORMALIZER_NAMES = [
  "trim",
  "lowercase",
  "uppercase",
  "digits",
  "alphanumeric",
  "remove_spaces",
  "meta_email",
  "meta_phone",
  "meta_name",
  "meta_initial",
  "meta_f5",
  "meta_gender",
  "meta_birth_date",
  "meta_birth_year",
  "meta_birth_month",
  "meta_birth_day",
  "meta_city",
  "meta_state",
  "meta_zip",
  "meta_country",
] as const;

/** One of {@link NORMALIZER_NAMES}. */
export type NormalizerName = (typeof NORMALIZER_NAMES)[number];

/** Every normaliser by its name. */
export const NORMALIZERS: Readonly<Record<NormalizerName, Normalizer>> = {
  trim,
  lowercase,
  uppercase,
  digits,
  alphanumeric,
  remove_spaces: removeSpaces,
  meta_email: metaEmail,
  meta_phone: metaPhone,
  meta_name: metaName,
  meta_initial: metaInitial,
  meta_f5: metaF5,
  meta_gender: metaGender,
  meta_birth_date: metaBirthDate,
  meta_birth_year: metaBirthYear,
  meta_birth_month: metaBirthMonth,
  meta_birth_day: metaBirthDay,
  meta_city: metaCity,
  meta_state: metaState,
  meta_zip: metaZip,
  meta_country: metaCountry,
};

/** True for a name that `normalize:` takes. */
export function isNormalizerName(name: string): name is NormalizerName {
  return Object.hasOwn(NORMALIZERS, name);
}

/** Meta's rule for the values of an identifier type, by the words of the shipped mappings. */
const META_RULES: ReadonlyMap<string, NormalizerName> = new Map([
  ["email", "meta_email"],
  ["phone", "meta_phone"],
  ["phone_e164", "meta_phone"],
  ["first_name", "meta_name"],
  ["last_name", "meta_name"],
  ["first_initial", "meta_initial"],
  ["f5_first", "meta_f5"],
  ["f5_last", "meta_f5"],
  ["gender", "meta_gender"],
  ["date_of_birth", "meta_birth_date"],
  ["date_of_birth_year", "meta_birth_year"],
  ["date_of_birth_month", "meta_birth_month"],
  ["date_of_birth_day", "meta_birth_day"],
  ["city", "meta_city"],
  ["state", "meta_state"],
  ["zip_code", "meta_zip"],
  ["country", "meta_country"],
]);

/** The normaliser that fits the values of an identifier type; `undefined` where Meta has no rule. */
export function metaRuleOf(identifierType: string): NormalizerName | undefined {
  return META_RULES.get(identifierType);
}

/** The normalisers to which it matters of which country a value is. */
export const USE_COUNTRY: readonly NormalizerName[] = ["meta_phone", "meta_state", "meta_zip"];

/** Normalisers that take a part of a value. */
const PARTS: ReadonlySet<NormalizerName> = new Set([
  "meta_initial",
  "meta_f5",
  "meta_birth_year",
  "meta_birth_month",
  "meta_birth_day",
]);

/**
 * True where a digest of this identifier type is one of the whole of which a part is wanted: of any
 * type but that whose values are the part itself.
 */
export function takesPartOf(names: readonly NormalizerName[], identifierType: string): boolean {
  return names.some((name) => PARTS.has(name) && metaRuleOf(identifierType) !== name);
}
