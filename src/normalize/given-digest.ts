/** A SHA-256 digest, alone or with the suffix that Meta's parameter builder appends. */
const DIGEST = /^([0-9a-fA-F]{64})(\.[A-Za-z0-9_-]{2}|\.[A-Za-z0-9_-]{8})?$/;

/** No text that is a digest is shorter. */
export const SHORTEST_GIVEN_DIGEST = 64;

/**
 * The digest that a text already is: hex lower-cased, suffix (which is case-sensitive) as it is.
 * `undefined` for any other text.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameter-builder-library
 */
export function givenDigest(text: string): string | undefined {
  if (text.length < SHORTEST_GIVEN_DIGEST) return undefined;
  const match = DIGEST.exec(text);
  return match === null ? undefined : `${(match[1] ?? "").toLowerCase()}${match[2] ?? ""}`;
}
