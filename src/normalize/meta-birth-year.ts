import { isBirthYear, readDateOfBirth } from "./date-of-birth.js";
import { metaRule } from "./meta-rule.js";
import { dropped } from "./normalizer.js";

/**
 * Year of birth in four digits, from the year or from a whole date; years before 1900 and years of two
 * digits are dropped as `not_a_date`.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 * @example metaBirthYear("2/16/1997") // "1997"
 */
export const metaBirthYear = metaRule((text) =>
  isBirthYear(text) ? text : (readDateOfBirth(text)?.year ?? dropped("not_a_date")),
);
