/** Numbers of databases as JSON without losing a digit: what a JSON number cannot hold becomes text. */
import type { Json } from "../core/json.js";

/** A whole number; beyond 2^53 its digits as text. */
export function wholeNumber(value: number | bigint | string): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** A number of 64 bits. NaN and the infinities become their names, which no field takes as a number. */
export function floatingNumber(value: number): Json {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? String(BigInt(value)) : value;
}
