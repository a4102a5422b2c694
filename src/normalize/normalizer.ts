/** Why a value is left out: it is counted under one of these, and never guessed at. */
export const DROP_REASONS = [
  "nothing_left",
  "other_digest",
  "digest_of_whole",
  "too_short",
  "too_long",
  "not_a_phone_number",
  "not_a_name",
  "not_a_date",
  "not_a_postcode",
  "unknown_gender",
  "unknown_state",
  "unknown_country",
] as const;

/** One of {@link DROP_REASONS}. */
export type DropReason = (typeof DROP_REASONS)[number];

/** Why a value is counted though it is sent: somebody should look at the source. */
export const SUSPICIONS = ["implausible_email", "letters_in_phone", "ambiguous_date"] as const;

/** One of {@link SUSPICIONS}. */
export type Suspicion = (typeof SUSPICIONS)[number];

/** A value that is left out. */
export interface Dropped {
  readonly kind: "dropped";
  readonly reason: DropReason;
}

/** A value that is sent, and looks wrong. */
export interface Suspicious {
  readonly kind: "suspicious";
  readonly text: string;
  readonly reason: Suspicion;
}

/** What becomes of a value: its normalised text, in nearly all cases. */
export type Normalized = string | Dropped | Suspicious;

/**
 * One step from a value as people write it to the value as Meta hashes it.
 *
 * @param text trimmed, not blank
 * @param country where the mapping gives one: a code of ISO 3166-1, or a name, as `meta_country` reads it
 * @returns the normalised text; blank text drops the value
 */
export type Normalizer = (text: string, country?: string) => Normalized;

/** A value that is left out. */
export function dropped(reason: DropReason): Dropped {
  return { kind: "dropped", reason };
}

/** A value that is sent, and looks wrong. */
export function suspicious(text: string, reason: Suspicion): Suspicious {
  return { kind: "suspicious", text, reason };
}
