import { readDateOfBirth } from "./date-of-birth.js";
import { metaRule } from "./meta-rule.js";
import { dropped, suspicious } from "./normalizer.js";

/**
 * Date of birth as `YYYYMMDD`, read as {@link readDateOfBirth} does: year first, or month first as in
 * Meta's library; a first number over 12 is a day. Where day and month could change places the date is
 * sent and counted as `ambiguous_date`; what is no date is dropped as `not_a_date`.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaBirthDate("2/16/1997") // "19970216"
 */
export const metaBirthDate = metaRule((text) => {
  const date = readDateOfBirth(text);
  if (date === undefined) return dropped("not_a_date");
  const digits = `${date.year}${date.month}${date.day}`;
  return date.ambiguous ? suspicious(digits, "ambiguous_date") : digits;
});
