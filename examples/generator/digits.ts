import type { Dice } from "./dice.js";

/** `length` random decimal digits, the first of them not 0. */
export function digits(dice: Dice, length: number): string {
  const rest = Array.from({ length: length - 1 }, () => String(dice.below(10)));
  return String(1 + dice.below(9)) + rest.join("");
}

/** A number as text of a fixed width. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
