/** What nobody can be faster than who does it one digest at a time: hashing the identifiers, and nothing else. */
import { hash } from "node:crypto";

/** Hashes texts; gives how many bytes of digests there are. */
export function hashAll(texts: readonly string[]): number {
  let bytes = 0;
  for (const text of texts) bytes += hash("sha256", text, "hex").length;
  return bytes;
}
