/** Why values were left out, or look wrong, as a person reads it. */
import type { JsonObject } from "../core/json.js";
import type { DropReason, Suspicion } from "../normalize/normalizer.js";
import { figure } from "./table.js";

/** Values by reason. */
export type Reasons<R> = ReadonlyMap<R, number>;

const WORDS: Readonly<Record<DropReason | Suspicion, string>> = {
  nothing_left: "nothing is left once it is normalised",
  other_digest: "a digest that is not SHA-256",
  digest_of_whole: "a digest of the whole, of which a part is wanted",
  too_short: "too short",
  too_long: "too long",
  not_a_phone_number: "no phone number in its country",
  not_a_name: "does not begin with a letter",
  not_a_date: "no date, or none since 1900",
  not_a_postcode: "no postcode",
  unknown_gender: "neither f nor m",
  unknown_state: "no state of the United States",
  unknown_country: "no country",
  implausible_email: "not like an e-mail address",
  letters_in_phone: "letters behind digits, which were taken out",
  ambiguous_date: "day and month could change places, the month was read first",
};

/** How many values there are, over all reasons. */
export function total(reasons: Reasons<DropReason> | Reasons<Suspicion>): number {
  return [...reasons.values()].reduce((sum, count) => sum + count, 0);
}

/** The reasons, the most frequent one first: `too short (2), no country (1)`. */
export function reasonsText(reasons: Reasons<DropReason> | Reasons<Suspicion>): string {
  return [...reasons]
    .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .map(([reason, count]) => `${WORDS[reason]} (${figure(count)})`)
    .join(", ");
}

/** By field, then by reason: `{"user_data.ph": {"too_short": 2}}`. */
export function reasonsJson<R extends DropReason | Suspicion>(
  fields: ReadonlyMap<string, Reasons<R>>,
): JsonObject {
  return Object.fromEntries(
    [...fields].map(([field, reasons]) => [field, Object.fromEntries(reasons)]),
  );
}
