import { alphanumeric } from "./alphanumeric.js";
import { digits } from "./digits.js";
import { lowercase } from "./lowercase.js";
import type { Normalizer } from "./normalizer.js";
import { trim } from "./trim.js";
import { uppercase } from "./uppercase.js";

/** The names that `normalize:` takes; a closed set. */
export const NORMALIZER_NAMES = [
  "trim",
  "lowercase",
  "uppercase",
  "digits",
  "alphanumeric",
] as const;

/** One of {@link NORMALIZER_NAMES}. */
export type NormalizerName = (typeof NORMALIZER_NAMES)[number];

/** Every normaliser by its name. */
export const NORMALIZERS: Readonly<Record<NormalizerName, Normalizer>> = {
  trim,
  lowercase,
  uppercase,
  digits,
  alphanumeric,
};

/** True for a name that `normalize:` takes. */
export function isNormalizerName(name: string): name is NormalizerName {
  return Object.hasOwn(NORMALIZERS, name);
}
