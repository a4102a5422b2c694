/** Converts a value of the data to one of the spec's plain types. */
import { isBlank as isBlankText } from "../core/blank.js";
import type { Json } from "../core/json.js";
import type { RejectionCode } from "../core/record.js";
import { readTime } from "../core/time.js";

/** Why a value does not convert; the message ends a sentence that starts with the field's name. */
export class ConversionFault {
  constructor(
    readonly message: string,
    readonly code: RejectionCode = "invalid_value",
    /** Where inside the field. */
    readonly path: readonly string[] = [],
  ) {}

  /** The same fault as seen from the object around the field. */
  below(name: string): ConversionFault {
    return new ConversionFault(this.message, this.code, [name, ...this.path]);
  }
}

/** True for what counts as absent: missing, null, blank text. */
export function isBlank(value: Json | undefined): value is null | undefined | "" {
  return value === undefined || value === null || (typeof value === "string" && isBlankText(value));
}

/** Text as it is (trimmed), a number as its decimals. */
export function toText(value: Json): string | ConversionFault {
  if (typeof value === "string") return value.trim();
  if (typeof value !== "number") return new ConversionFault("is not text");
  const text = String(value);
  return text.includes("e")
    ? new ConversionFault("is a number too large or small to be text")
    : text;
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number, or decimal text; whole numbers beyond 2^53 are refused. */
export function toNumber(value: Json): number | ConversionFault {
  const number = typeof value === "string" && DECIMAL.test(value.trim()) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number))
    return new ConversionFault("is not a number");
  return Number.isInteger(number) && !Number.isSafeInteger(number)
    ? new ConversionFault("is a whole number beyond 2^53")
    : number;
}

/** A whole number, or its text. */
export function toInteger(value: Json): number | ConversionFault {
  const number = toNumber(value);
  return typeof number === "number" && !Number.isInteger(number)
    ? new ConversionFault("is not a whole number")
    : number;
}

const BOOLEANS = new Map<Json, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
]);

/** `true`, `false`, 1, 0, or their text in any case. */
export function toBoolean(value: Json): boolean | ConversionFault {
  const known = BOOLEANS.get(typeof value === "string" ? value.trim().toLowerCase() : value);
  return known ?? new ConversionFault("is neither true nor false (nor 1 or 0)");
}

/** Seconds from here on (the year 5138) are milliseconds in truth. */
const MILLISECONDS_FROM = 100_000_000_000;

/** An RFC 3339 time with a zone, or Unix seconds; fractions are cut off. */
export function toUnixSeconds(value: Json): number | ConversionFault {
  const time = typeof value === "string" ? readTime(value) : NO_TIME;
  if (time.kind === "instant") return Math.floor(time.ms / 1000);
  const seconds = toNumber(value);
  if (typeof seconds === "number")
    return Math.abs(seconds) >= MILLISECONDS_FROM
      ? new ConversionFault("is in milliseconds; Meta takes Unix seconds", "invalid_time")
      : Math.trunc(seconds);
  return time.kind === "without_zone"
    ? new ConversionFault("is a time without a zone", "time_without_zone")
    : new ConversionFault("is not a time", "invalid_time");
}

const NO_TIME = { kind: "invalid" } as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The calendar day of a time, in UTC; a plain date stays as it is. */
export function toDate(value: Json): string | ConversionFault {
  const dated = typeof value === "string" && DATE.test(value.trim());
  const seconds = toUnixSeconds(dated ? `${value.trim()}T00:00:00Z` : value);
  return typeof seconds === "number"
    ? new Date(seconds * 1000).toISOString().slice(0, 10)
    : seconds;
}
