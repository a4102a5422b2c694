/** Reads dates of birth as people write them. */

/** A date, its parts as Meta writes them; `ambiguous` when day and month could change places. */
export interface DateOfBirth {
  /** Four digits. */
  readonly year: string;
  /** Two digits. */
  readonly month: string;
  /** Two digits. */
  readonly day: string;
  readonly ambiguous: boolean;
}

/** Meta's page takes years from 1900 on; to this day, which a function of text does not know. */
const YEAR = /^(?:19|20)\d\d$/;

/**
 * Reads the first three numbers of a text as a date, or eight digits as year, month and day;
 * `undefined` for what is no day of the calendar.
 *
 * The year has four digits and comes first or last. Where it comes first, month and day follow. Where
 * it comes last, the month is first as in Meta's library, unless the first number is over 12; with two
 * numbers up to 12 that differ, the date is `ambiguous`. Meta's page says how a date is written out and
 * not how to read one. Its library also takes years of two digits for no year, and 29 February 1900 for
 * a day: that has been none, so it is no date here.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @see https://github.com/facebook/capi-param-builder (nodejs/capi-param-builder/src/piiUtil/dobUtil.js)
 * @example readDateOfBirth("2/16/1997") // {year: "1997", month: "02", day: "16", ambiguous: false}
 */
export function readDateOfBirth(text: string): DateOfBirth | undefined {
  const numbers = text.match(/\d+/g) ?? [];
  const [first = "", second = "", third = ""] = numbers;
  if (numbers.length === 1 && first.length === 8)
    return dateOf(first.slice(0, 4), first.slice(4, 6), first.slice(6), false);
  if (YEAR.test(first))
    return isOver12(second)
      ? dateOf(first, third, second, false)
      : dateOf(first, second, third, false);
  if (!YEAR.test(third)) return undefined;
  if (isOver12(first)) return dateOf(third, second, first, false);
  return dateOf(third, first, second, !isOver12(second) && Number(first) !== Number(second));
}

/** True for a year as Meta writes one. */
export function isBirthYear(text: string): boolean {
  return YEAR.test(text);
}

function isOver12(number: string): boolean {
  return Number(number) > 12;
}

function dateOf(
  year: string,
  month: string,
  day: string,
  ambiguous: boolean,
): DateOfBirth | undefined {
  const date = { year, month: month.padStart(2, "0"), day: day.padStart(2, "0"), ambiguous };
  const wellFormed = YEAR.test(year) && date.month.length === 2 && date.day.length === 2;
  return wellFormed && isDay(date) ? date : undefined;
}

/** Days beyond the end of a month would count on into the next one. */
function isDay({ year, month, day }: DateOfBirth): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}
