import { createHash } from "node:crypto";
import type { Random } from "../../core/ports.js";

/** Numbers in [0, 1) that look random and follow from a seed: digests of a counter. */
export function seededRandom(seed: string): Random {
  let drawn = 0;
  return () => {
    drawn += 1;
    const digest = createHash("sha256").update(`${seed}:${String(drawn)}`);
    return digest.digest().readUInt32BE(0) / 2 ** 32;
  };
}
