/**
 * One step from a value as people write it to the value as Meta hashes it.
 *
 * @param text trimmed, not blank
 * @param country ISO 3166-1 alpha-2, where the mapping gives one
 * @returns the normalised text; blank or `undefined` drops the value
 */
export type Normalizer = (text: string, country?: string) => string | undefined;
