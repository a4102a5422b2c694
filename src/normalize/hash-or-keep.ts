import { sha256 } from "../core/digest.js";

/** A SHA-256 digest, alone or with the suffix that Meta's parameter builder appends. */
const DIGEST = /^([0-9a-fA-F]{64})(\.[A-Za-z0-9_-]{2}|\.[A-Za-z0-9_-]{8})?$/;

/**
 * The digest that a text already is: hex lower-cased, suffix (which is case-sensitive) as it is.
 * `undefined` for any other text.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameter-builder-library
 */
export function givenDigest(text: string): string | undefined {
  const match = DIGEST.exec(text);
  return match === null ? undefined : `${(match[1] ?? "").toLowerCase()}${match[2] ?? ""}`;
}

/**
 * The hash-or-keep rule: a digest is kept, anything else is normalised and hashed. What is blank,
 * or blank once normalised, is never hashed.
 *
 * @param normalize gives `undefined` for what it cannot use
 * @returns lower-case hex, or `undefined` when nothing usable is left
 */
export function hashOrKeep(
  value: string,
  normalize: (text: string) => string | undefined = (text) => text,
): string | undefined {
  const text = value.trim();
  if (text === "") return undefined;
  const digest = givenDigest(text);
  if (digest !== undefined) return digest;
  const normalized = normalize(text);
  return normalized === undefined || normalized.trim() === "" ? undefined : sha256(normalized);
}
