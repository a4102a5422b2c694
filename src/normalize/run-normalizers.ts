import { NORMALIZERS, type NormalizerName } from "./index.js";
import { dropped, suspicious, type Normalized, type Suspicion } from "./normalizer.js";

/**
 * What normalisers make of a value, one after the other. The first one that drops it ends it; what is
 * blank after one is dropped as `nothing_left`; a suspicion of any of them stays with the value.
 *
 * @param text trimmed, not blank
 */
export function runNormalizers(
  names: readonly NormalizerName[],
  text: string,
  country: string | undefined,
): Normalized {
  let current = text;
  let suspicion: Suspicion | undefined;
  for (const name of names) {
    const result = NORMALIZERS[name](current, country);
    if (typeof result === "string") current = result;
    else if (result.kind === "dropped") return result;
    else {
      current = result.text;
      suspicion ??= result.reason;
    }
    if (current.trim() === "") return dropped("nothing_left");
  }
  return suspicion === undefined ? current : suspicious(current, suspicion);
}
