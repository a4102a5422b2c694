/** What a match-quality report draws attention to, and what to do about it. */
import type { DropReason } from "../../normalize/normalizer.js";
import type { QualitySuspicion } from "./suspicion.js";

/** What a finding is about. */
export type FindingCode =
  QualitySuspicion | DropReason | "repeated" | "hashed_before" | "one_identifier";

/** One finding: so many values of a field, and what to do. */
export interface Finding {
  readonly code: FindingCode;
  /** The field of the result; empty for what is about records as a whole. */
  readonly field: string;
  /** Values of the field; records where it is about records as a whole. */
  readonly count: number;
  /** What they are and what to do, in a few sentences. */
  readonly advice: string;
}

/** What values of each kind are, and what to do about them. */
export const ADVICE: Readonly<Record<FindingCode, string>> = {
  implausible_email:
    "Not in the shape of an e-mail address. Mend or blank them in the source query.",
  test_domain:
    "At domains for tests and examples (`example.com`, `.test`), which nobody has. Leave these records out.",
  disposable_domain:
    "At services for throw-away addresses. Hardly anybody is found by them: add a second identifier.",
  relay_domain:
    "Made by a go-between for one shop (such as Apple's private relay), and unknown to Meta. Add a second identifier, such as a phone number.",
  digest_of_nothing:
    "Digests of an empty text: missing values were hashed. Leave blanks blank when hashing.",
  digest_of_stand_in:
    "Digests of words such as `null` or `unknown`. Make these null before hashing.",
  other_digest:
    "Digests other than SHA-256 in hex (MD5, SHA-1, base64, `\\x…`). Give plain values, or SHA-256 as 64 hex digits.",
  digest_in_plain_field: "Digests where Meta takes plain values only. Give the plain values.",
  upper_case_digest:
    "Digests in capitals, sent in lower case. Make sure that the values were trimmed and lower-cased before they were hashed.",
  stand_in:
    "Say that there is no value (`n/a`, `unknown`, `0000000000`). Make these null in the source query.",
  phone_not_digits:
    "Hashed with a `+` or other signs, or without the country code; Meta hashes digits only, so they match nobody. Normalise them with `meta_phone`.",
  short_phone: "Too short for phone numbers with their country code. Complete them in the source.",
  no_calling_code:
    "National numbers, without the calling code of their country: Meta finds nobody by them. Declare the country of each person as the identifier `country`, or write `country: {value: DE}` beside `normalize: meta_phone`.",
  ambiguous_date:
    "Dates that read as two (`03/04/1990`). Write them as `YYYY-MM-DD` in the source query.",
  upper_case:
    "Hashed with capitals, where Meta hashes lower case. Add `lowercase` to their `normalize`.",
  repeated:
    "In suspiciously many records (at least so many): a shared inbox, a shop's own number, the default of a form? Find them with GROUP BY, and make them null in the source query.",
  letters_in_phone:
    "Letters behind digits, which were taken out. Give numbers as digits; where letters stand for digits, write the digits.",
  nothing_left:
    "Left out: nothing remains once they are normalised. Mend them, or make them null, in the source query.",
  digest_of_whole:
    "Left out: digests of a whole of which Meta wants a part. Give plain values, or digests of the part.",
  too_short: "Left out: too short. Complete them in the source query.",
  too_long: "Left out: too long. Is it one value, and the right column?",
  not_a_phone_number:
    "Left out: no phone numbers of their country. Check the column, and what `country` of the mapping reads.",
  not_a_name: "Left out: they do not begin with a letter. Is it the right column?",
  not_a_date:
    "Left out: no dates, or none since 1900. Write them as `YYYY-MM-DD` in the source query.",
  not_a_postcode: "Left out: no postcodes. Is it the right column?",
  unknown_gender: "Left out: neither f nor m. Translate them in the mapping, with `map`.",
  unknown_state:
    "Left out: no states of the United States. Check what `country` of the mapping reads.",
  unknown_country:
    "Left out: no countries. Give codes of ISO 3166-1 with two letters, or translate them with `map`.",
  hashed_before:
    "Hashed before this run: whether by Meta's rules cannot be seen any more. Where you can, give plain values, and let the mapping normalise and hash.",
  one_identifier:
    "Records with one identifier only. Meta finds more people by several: add a phone number, a name with city or postcode, or your own id.",
};
