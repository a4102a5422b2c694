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

/**
 * Normalisers that take a part, and the identifier types whose values are that part: a digest of any
 * other type is one of the whole.
 */
const PARTS: Partial<Readonly<Record<NormalizerName, readonly string[]>>> = {
  meta_initial: ["first_initial"],
  meta_f5: ["f5_first", "f5_last"],
  meta_birth_year: ["date_of_birth_year"],
  meta_birth_month: ["date_of_birth_month"],
  meta_birth_day: ["date_of_birth_day"],
};

/** True where a digest of this identifier type is one of the whole of which a part is wanted. */
export function takesPartOf(names: readonly NormalizerName[], identifierType: string): boolean {
  return names.some((name) => PARTS[name]?.includes(identifierType) === false);
}
