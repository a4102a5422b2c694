import { sha256 } from "../core/digest.js";
import { givenDigest } from "./given-digest.js";
import { dropped, suspicious, type Normalized } from "./normalizer.js";

/** What to do with a digest in the data: keep it, or drop it where only a part of the value is wanted. */
export type GivenDigests = "kept" | "dropped";

/**
 * The hash-or-keep rule: a digest is kept, anything else is normalised and hashed. What is blank,
 * or blank once normalised, is never hashed.
 *
 * @param digests `dropped` where the digest would be that of a whole of which a part is wanted
 * @returns lower-case hex, with the suffix that a given digest had
 */
export function hashOrKeep(
  value: string,
  normalize: (text: string) => Normalized = (text) => text,
  digests: GivenDigests = "kept",
): Normalized {
  const text = value.trim();
  const digest = givenDigest(text);
  if (digest !== undefined) return digests === "kept" ? digest : dropped("digest_of_whole");
  const normalized = text === "" ? text : normalize(text);
  return typeof normalized === "string"
    ? hashed(normalized)
    : normalized.kind === "suspicious"
      ? suspicious(sha256(normalized.text), normalized.reason)
      : normalized;
}

function hashed(text: string): Normalized {
  return text.trim() === "" ? dropped("nothing_left") : sha256(text);
}
