/**
 * How long a store knows that Meta has an event. While it could still be sent, forgetting it would
 * deliver it twice; after that it is only forgotten together with everything as old: the newest event
 * that is forgotten is the horizon of its sync, behind which nothing is planned any more. So nothing
 * comes back, even if Meta takes older events one day, or the events of a sync become those of a store.
 *
 * The limit that counts is the longest which an event of the sync ever had. A sync, and not a pixel, has
 * a horizon: beside the events of a website, a pixel may take those of a store, which may be eight times
 * as old.
 */
const MARGIN_MS = 2 * 24 * 3_600_000;

/**
 * What happened and was acknowledged before this instant is forgotten.
 *
 * @param at when the run ends
 * @param longestAgeMs how old the events of its sync may be
 */
export function forgottenBefore(at: number, longestAgeMs: number): number {
  return at - longestAgeMs - MARGIN_MS;
}

/** The longest that one of some events may be old; `undefined` of none. */
export function longestAge(items: readonly { readonly maxAgeMs: number }[]): number | undefined {
  return items.length === 0
    ? undefined
    : items.reduce((age, item) => Math.max(age, item.maxAgeMs), 0);
}
