import { isBlank } from "../core/blank.js";
import { NORMALIZERS, type NormalizerName } from "./index.js";
import { dropped, suspicious, type Normalizer, type Suspicion } from "./normalizer.js";

/**
 * Makes one normaliser of several, one after the other. The first one that drops a value ends it; what is
 * blank after one is dropped as `nothing_left`; a suspicion of any of them stays with the value.
 */
export function normalizerOf(names: readonly NormalizerName[]): Normalizer {
  const steps = names.map((name) => NORMALIZERS[name]);
  return (text, country) => {
    let current = text;
    let suspicion: Suspicion | undefined;
    for (const step of steps) {
      const result = step(current, country);
      if (typeof result === "string") current = result;
      else if (result.kind === "dropped") return result;
      else {
        current = result.text;
        suspicion ??= result.reason;
      }
      if (isBlank(current)) return dropped("nothing_left");
    }
    return suspicion === undefined ? current : suspicious(current, suspicion);
  };
}
