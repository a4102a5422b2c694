import { givenDigest } from "./given-digest.js";
import { dropped, type Normalizer } from "./normalizer.js";

/** No digest is shorter; nearly every value is. MD5 has 32 digits, SHA-1 40, SHA-512 128. */
const SHORTEST_DIGEST = 32;

const NO_HEX_DIGIT = /(?![0-9a-f])[\p{L}\p{N}]/iu;

/**
 * Hex digits, as many as a digest has, and no other letters. Meta matches SHA-256 only, so hashing
 * these once more would send what finds nobody; the same goes for a SHA-256 that was cut, or has
 * spaces or signs in it. No name, place, date or number is written like that.
 */
function isOtherDigest(text: string): boolean {
  return !NO_HEX_DIGIT.test(text) && text.replace(/[^0-9a-f]+/gi, "").length >= SHORTEST_DIGEST;
}

/**
 * What the rules of Meta's fields have in common: they are about text. A SHA-256 digest passes, also
 * with the parameter builder's suffix, and any other digest is dropped as `other_digest`.
 *
 * Meta's library passes 32 hex digits as well (`looksLikeHashed`), its pages name SHA-256 alone: a
 * digest of any other kind finds nobody, and is better counted than sent.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 */
export function metaRule(normalize: Normalizer): Normalizer {
  return (text, country) => {
    const given = text.trim();
    if (given.length < SHORTEST_DIGEST) return normalize(given, country);
    const digest = givenDigest(given);
    if (digest !== undefined) return digest;
    return isOtherDigest(given) ? dropped("other_digest") : normalize(given, country);
  };
}
