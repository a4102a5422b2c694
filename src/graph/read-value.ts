/** Values of foreign JSON, in whichever of the usual ways they are written. */
import { ownValue, type Json, type JsonObject } from "../core/json.js";

/** A whole number, also when Meta writes it as text; nothing for every other value. */
export function readInteger(value: Json | undefined): number | undefined {
  const number = readNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A count: a whole number from 0, also as text. */
export function readCount(value: Json | undefined): number | undefined {
  const count = readInteger(value);
  return count !== undefined && count >= 0 ? count : undefined;
}

/** A finite number, also when Meta writes it as text; nothing for every other value. */
export function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value) : undefined;
}

/** True when the value says yes: Meta writes `true` and 1, also as text. */
export function readFlag(value: Json | undefined): boolean {
  return YES.has(value);
}

/** A text of an object, unless it is blank. */
export function readText(object: JsonObject, name: string): string | undefined {
  const value = ownValue(object, name);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

const NUMBER = /^\s*-?\d{1,15}(?:\.\d{1,15})?\s*$/;
const YES: ReadonlySet<Json | undefined> = new Set<Json | undefined>([true, 1, "true", "1"]);
