/** How a time was written. */
export type TimeReading =
  | { readonly kind: "instant"; readonly ms: number }
  | { readonly kind: "without_zone" }
  | { readonly kind: "invalid" };

const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?$/;

/**
 * Reads an RFC 3339 time (a blank instead of `T`, and offsets like `+02` or `+0200` as databases
 * print them, are read too). A time without a zone is told apart from one that is no time at all.
 *
 * @example readTime("2026-04-30T14:00:00+02:00") // { kind: "instant", ms: 1777550400000 }
 */
export function readTime(text: string): TimeReading {
  const plain = plainUtc(text);
  if (plain !== undefined) return { kind: "instant", ms: plain };
  const match = RFC3339.exec(text.trim());
  if (match === null) return { kind: "invalid" };
  const local = localMs(match);
  if (local === undefined) return { kind: "invalid" };
  if (match[8] !== undefined) return { kind: "instant", ms: local };
  if (match[9] === undefined) return { kind: "without_zone" };
  const hours = Number(match[10]);
  const minutes = Number(match[11] ?? 0);
  if (hours > 23 || minutes > 59) return { kind: "invalid" };
  const offset = (hours * 60 + minutes) * 60_000;
  return { kind: "instant", ms: match[9] === "-" ? local + offset : local - offset };
}

/** As most times are written, with or without thousandths; `undefined` of all others. */
function plainUtc(text: string): number | undefined {
  const end = text.length - 1;
  if (end !== 19 && (end !== 23 || text[19] !== ".")) return undefined;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T") return undefined;
  if (text[13] !== ":" || text[16] !== ":" || text[end] !== "Z") return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  if (!isDay(year, month, day) || !(hour < 24 && minute < 60 && second < 60)) return undefined;
  const thousandths = end === 19 ? 0 : digits(text, 20, 23);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, thousandths);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The number that some digits make; NaN when there is anything else. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** Reads the wall-clock part of a time as if it were UTC; `undefined` when it is no such time. */
export function readWallClock(text: string): number | undefined {
  const match = RFC3339.exec(text.trim());
  return match?.[8] === undefined && match?.[9] === undefined && match !== null
    ? localMs(match)
    : undefined;
}

function localMs(match: RegExpExecArray): number | undefined {
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  // A leap second is read as the last instant before it: Unix time has no place for it.
  const ms = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  const isReal = isDay(year, month, day) && hour < 24 && minute < 60 && second < 61;
  if (!isReal) return undefined;
  return match[7] === undefined ? ms : ms + Math.trunc(Number(`0${match[7]}`) * 1000);
}

/** Days beyond the end of a month would count on into the next one; years below 100 are of another century. */
function isDay(year: number, month: number, day: number): boolean {
  return year >= 100 && day >= 1 && day <= daysOf(year, month);
}

/** How many days a month has; none that is no month. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}
