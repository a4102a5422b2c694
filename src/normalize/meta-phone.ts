import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from "libphonenumber-js/min";
import { countryCode } from "./country-code.js";
import { metaRule } from "./meta-rule.js";
import { dropped, suspicious, type Normalized } from "./normalizer.js";
import { withoutFraction } from "./without-fraction.js";

/** E.164 has at most 15 digits; Meta's older libraries want 7 at least. */
const FEWEST = 7;
const MOST = 15;

/** An extension at the end, behind a word or sign that says so; it is no part of the number. */
const EXTENSION = /(\d[\s,;)]{0,5})(?:(?:extension|ext|x)(?![a-z])\.?|;ext=|#)[\s.:]{0,5}\d{1,7}$/i;

/** A letter behind the first digit. */
const LATE_LETTER = /^\D*\d\P{L}*\p{L}/u;

/**
 * A plus sign, or what is dialled instead: zeros in most countries, `0011` in Australia, which can be
 * nothing else, since no calling code begins with 11.
 */
const INTERNATIONAL = /^[^\d+]*(?:\+0*|0011|00+)(?=\D*[1-9])/;

/**
 * The zero that is dialled only within a country, as in `+44 (0)20 …`. Italy's belongs to the number
 * wherever it is dialled from.
 */
const INLAND_ZERO = /^(\+?(?!39)\d{1,3}[\s.-]{0,5})\(0\)/;

/** As spreadsheets write long numbers: their last digits are lost. */
const POWER_OF_TEN = /^\d(?:[.,]\d+)?e\+?\d+$/i;

/**
 * Phone numbers: digits with the calling code of the country, without leading zeros.
 *
 * Without `country:` what is no digit is taken out, then leading zeros, as Meta's page says; the result
 * has 7 to 15 digits or is dropped (`too_short`, `too_long`). With `country:` a national number gets
 * that country's calling code and loses its trunk prefix, and what cannot be a number there is dropped
 * as `not_a_phone_number`; an international number (`+`, `00` or `0011` in front) keeps its own code. Where
 * `country:` gives what is no country, only international numbers are sent. Digits that begin with the
 * calling code of their country are an international number without its plus sign, where a national one
 * would be written with a zero in front (`4915…` in Germany) or be too long.
 *
 * A number that went through a column of decimals (`16505551212.0`) loses what that added, and one that a
 * spreadsheet wrote as a power of ten (`1.65E+10`) is none any more.
 *
 * An extension that is marked as one (`ext. 12`, `x12`, `#12`) is cut off: Meta's library glues its
 * digits to the number, which then is nobody's. Letters are taken out as the page says; where one
 * follows a digit it may stand for digits (`1-800-555-HELP`), and the number is counted as
 * `letters_in_phone`.
 *
 * The metadata `min` of libphonenumber-js is the smallest (calling codes, trunk prefixes, possible
 * lengths), and all that is asked of it: whether a number is in use, or a mobile one, does not matter.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaPhone("+1 (650) 555-1212") // "16505551212"
 * @example metaPhone("030 123456", "DE") // "4930123456"
 */
export const metaPhone = metaRule((text, country) => {
  if (POWER_OF_TEN.test(text)) return dropped("not_a_phone_number");
  const number = numberIn(text);
  const digits = country === undefined ? digitsOf(number) : internationalDigits(number, country);
  return typeof digits === "string" && LATE_LETTER.test(number)
    ? suspicious(digits, "letters_in_phone")
    : digits;
});

/** An international number without anything else, as nearly all are. */
const BARE = /^\+[1-9]\d+$/;

/** The number alone, with a plus sign where it is an international one. */
export function numberIn(text: string): string {
  if (BARE.test(text)) return text;
  return withoutFraction(text.normalize("NFKC"))
    .replace(EXTENSION, "$1")
    .replace(INTERNATIONAL, "+")
    .replace(INLAND_ZERO, "$1");
}

function digitsOf(number: string): Normalized {
  const digits = number.replace(/\D+/g, "").replace(/^0+/, "");
  if (digits === "") return dropped("nothing_left");
  if (digits.length < FEWEST) return dropped("too_short");
  return digits.length > MOST ? dropped("too_long") : digits;
}

function internationalDigits(given: string, country: string): Normalized {
  const number = given.replace(/\p{L}+/gu, " ");
  if (number.startsWith("+")) return possible(parsePhoneNumberFromString(number));
  const region = countryCode(country)?.toUpperCase();
  return region !== undefined && isSupportedCountry(region)
    ? possible(readIn(region, number))
    : dropped("unknown_country");
}

/** Of the two readings that digits behind the country's own calling code can have, the likelier. */
function readIn(region: CountryCode, number: string): PhoneNumber | undefined {
  const national = parsePhoneNumberFromString(number, region);
  const whole = `+${number.replace(/\D+/g, "")}`;
  if (national === undefined || !whole.startsWith(`+${national.countryCallingCode}`))
    return national;
  const international = parsePhoneNumberFromString(whole);
  return international?.isValid() === true && isDialledWithPrefix(national)
    ? international
    : national;
}

/** True where people write a number within its country with digits in front, in nearly all a zero. */
function isDialledWithPrefix(number: PhoneNumber): boolean {
  return number.formatNational().replace(/\D+/g, "") !== number.nationalNumber;
}

function possible(number: PhoneNumber | undefined): Normalized {
  return number?.isPossible() === true ? number.number.slice(1) : dropped("not_a_phone_number");
}
