import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { numberIn } from "./meta-phone.js";

/** A zero in front of a number that is not international: it is dialled within a country only. */
const INLAND = /^\D*0/;

/**
 * Whether a telephone number begins with the calling code of a country, as Meta hashes it: after a plus
 * sign or the zeros that stand for one, or by its digits alone, where these are a number of some country.
 *
 * Digits alone can be both: of national numbers that are read as one of another country, some are missed.
 *
 * @example hasCallingCode("(415) 555-0189") // false: +41 55 550 189 is too short for Switzerland
 * @example hasCallingCode("49 30 123456") // true
 */
export function hasCallingCode(text: string): boolean {
  const number = numberIn(text);
  if (number.startsWith("+")) return true;
  if (INLAND.test(number)) return false;
  return parsePhoneNumberFromString(`+${number.replace(/\D+/g, "")}`)?.isValid() === true;
}
