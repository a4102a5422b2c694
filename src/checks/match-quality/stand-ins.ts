/** Texts that stand where a value is missing, and what they become when somebody hashes them. */
import { sha256 } from "../../core/digest.js";

/**
 * As people and export tools write "nothing", in lower case. `na` and `no` are not among them: they are
 * surnames.
 */
const WORDS = [
  "-",
  "--",
  ".",
  "?",
  "#n/a",
  "(null)",
  "<null>",
  "[null]",
  "anonymous",
  "anonymized",
  "anonymised",
  "deleted",
  "empty",
  "false",
  "guest",
  "missing",
  "n.a.",
  "n/a",
  "nan",
  "nil",
  "no email",
  "no phone",
  "noemail",
  "none",
  "not available",
  "not provided",
  "null",
  "redacted",
  "tbd",
  "test",
  "true",
  "undefined",
  "unknown",
  "xxx",
] as const;

/** Dates that systems give to whoever has none. */
const DATES = ["0000-00-00", "0001-01-01", "1900-01-01", "1970-01-01", "1899-12-30"] as const;

const STAND_INS: ReadonlySet<string> = new Set([...WORDS, ...DATES]);

/** Zeros only (a device id that tracking was refused for), one digit over and over, or counting up. */
const DRAWN = /^[+(]?(?:[0-]{2,}|(\d)\1{5,}|0?123456789?0?)$/;

/**
 * True for a text that says that there is no value: `n/a`, `unknown`, `0000000000`, a device id of zeros.
 *
 * @param text trimmed
 */
export function isStandIn(text: string): boolean {
  return STAND_INS.has(text.toLowerCase()) || DRAWN.test(text);
}

/** Zeros as digits of a telephone number or a device id are often as many as these. */
const ZEROS = ["0", "0000000000", "00000000-0000-0000-0000-000000000000"];

const EMPTY = sha256("");

const SPELLINGS = [...STAND_INS].flatMap((text) => [text, text.toUpperCase()]);

const STAND_IN_DIGESTS: ReadonlySet<string> = new Set(
  [...SPELLINGS, ...ZEROS, "None", "NaN"].map(sha256),
);

/** True for the digest that hashing nothing gives. */
export function isDigestOfNothing(digest: string): boolean {
  return digest.startsWith(EMPTY);
}

/** True for the digest of a text that says that there is no value, as it is or in capitals. */
export function isStandInDigest(digest: string): boolean {
  return STAND_IN_DIGESTS.has(digest.slice(0, EMPTY.length));
}
