import { readDateOfBirth, type DateOfBirth } from "./date-of-birth.js";
import { metaRule } from "./meta-rule.js";
import { dropped, suspicious, type Normalizer } from "./normalizer.js";

const ONE_OR_TWO_DIGITS = /^\d{1,2}$/;

/**
 * The rule of the month or of the day: two digits, from the number alone or from a whole date, which
 * may be ambiguous.
 */
export function birthPart(part: "month" | "day", most: number): Normalizer {
  return metaRule((text) => {
    if (ONE_OR_TWO_DIGITS.test(text)) return numberUpTo(most, text);
    const date = readDateOfBirth(text);
    return date === undefined ? dropped("not_a_date") : partOf(date, part);
  });
}

function numberUpTo(most: number, text: string) {
  const number = Number(text);
  return number >= 1 && number <= most ? text.padStart(2, "0") : dropped("not_a_date");
}

function partOf(date: DateOfBirth, part: "month" | "day") {
  return date.ambiguous ? suspicious(date[part], "ambiguous_date") : date[part];
}
