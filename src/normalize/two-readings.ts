const DAY_AND_MONTH = /^\s*(\d{1,2})[-./ ](\d{1,2})[-./ ](?:\d{4}|\d{2})(?:\s|$)/;

/**
 * Whether a text is a date in which day and month could change places.
 *
 * @example hasTwoReadings("03/04/1990") // true; "16/04/1990" and "1990-04-03" have one reading
 */
export function hasTwoReadings(text: string): boolean {
  const match = DAY_AND_MONTH.exec(text);
  const [first, second] = [Number(match?.[1]), Number(match?.[2])];
  return isMonth(first) && isMonth(second) && first !== second;
}

function isMonth(number: number): boolean {
  return number >= 1 && number <= 12;
}
