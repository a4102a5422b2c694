/** Values of a row, as the port has them. What is not there is `undefined`. */
import type { Row } from "./database.js";

/** A text that is always there. */
export function text(row: Row, name: string): string {
  return optionalText(row, name) ?? wrong(name);
}

/** A text that may be missing. */
export function optionalText(row: Row, name: string): string | undefined {
  const value = row[name];
  return typeof value === "string" ? value : undefined;
}

/** A whole number that is always there: counts, instants. */
export function number(row: Row, name: string): number {
  return optionalNumber(row, name) ?? wrong(name);
}

/** A whole number that may be missing; the engine gives large ones as text. */
export function optionalNumber(row: Row, name: string): number | undefined {
  const value = row[name];
  if (value === null || value === undefined) return undefined;
  const whole = Number(value);
  return Number.isSafeInteger(whole) ? whole : wrong(name);
}

/** Yes or no. */
export function flag(row: Row, name: string): boolean {
  return row[name] === true;
}

/** A digest, 32 hex digits. */
export function digest(row: Row, name: string): string {
  return text(row, name).replaceAll("-", "");
}

/** One of some words. */
export function oneOf<T extends string>(row: Row, name: string, words: readonly T[]): T {
  return words.find((word) => word === row[name]) ?? wrong(name);
}

function wrong(name: string): never {
  throw new TypeError(`the store has no usable ${name}`);
}
