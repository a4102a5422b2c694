/** The one door through which foreign JSON enters; the only file that may narrow by hand. */
import { fail, ok, type Result } from "./result.js";
import { sortFew } from "./sort-few.js";

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object; only own properties are ever read. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Why a value is refused, and where in it. */
export interface JsonFault {
  readonly reason:
    "syntax" | "too_deep" | "unsafe_integer" | "not_finite" | "lone_surrogate" | "not_json";
  readonly path: readonly (string | number)[];
}

/** Deeper values are refused: recursion over them would end in a crash. */
export const MAX_JSON_DEPTH = 64;

const FAULTS: Readonly<Record<JsonFault["reason"], string>> = {
  syntax: "is not JSON",
  too_deep: `is nested deeper than ${String(MAX_JSON_DEPTH)} levels`,
  unsafe_integer: "is a whole number beyond 2^53, which JSON numbers cannot hold; send it as text",
  not_finite: "is not a finite number",
  lone_surrogate: "contains half of a surrogate pair, which is not valid Unicode",
  not_json: "is not a JSON value",
};

/** The fault as the end of a sentence that starts with the field's name. */
export function describeJsonFault(fault: JsonFault): string {
  return FAULTS[fault.reason];
}

/** True for a plain object, which is what a JSON object parses to. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);
}

function isPlain(object: object): object is JsonObject {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

/** The same of what came through the door, which lets in no object but plain ones. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a JSON array (`Array.isArray` forgets element types of readonly arrays). */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Reads an own property; what an object inherits does not count. */
export function ownValue(object: JsonObject, name: string): Json | undefined {
  const value = object[name];
  return value !== undefined && Object.hasOwn(object, name) ? value : undefined;
}

/** Makes the reader of one own property. */
export function ownReader(name: string): (object: JsonObject) => Json | undefined {
  // Objects of JSON inherit nothing but what every object does.
  return name in Object.prototype ? (object) => ownValue(object, name) : (object) => object[name];
}

/**
 * The object that a text of our own holds. It is not cleaned again: what it is made of was clean, and
 * stands deeper in a body than it did in its record.
 */
export function objectIn(text: string): JsonObject {
  const parsed: unknown = JSON.parse(text);
  if (!isJsonObject(parsed)) throw new TypeError("the text holds no object");
  return parsed;
}

/** The list that a text of our own holds. */
export function listIn(text: string): readonly Json[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new TypeError("the text holds no list");
  return parsed as readonly Json[];
}

/** A copy of which no part changes with the original. */
export function copyJson(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isJsonArray(value)) return value.map(copyJson);
  const copy: Record<string, Json> = { ...value };
  for (const name in value) {
    const inner = value[name];
    if (typeof inner === "object") copy[name] = copyJson(inner);
  }
  return copy;
}

/** Parses JSON text into a clean value. */
export function parseJson(text: string): Result<Json, JsonFault> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail({ reason: "syntax", path: [] });
  }
  return cleanJson(parsed);
}

/**
 * Checks any value for being safe JSON and puts it into one form: `__proto__` and `undefined`
 * properties dropped, dates as RFC 3339 text, safe bigints as numbers. A value that is clean already,
 * as nearly all are, is returned as it is.
 */
export function cleanJson(value: unknown): Result<Json, JsonFault> {
  if (isClean(value, 0)) return ok(value);
  const path: (string | number)[] = [];
  const cleaned = clean(value, 0, path);
  return typeof cleaned === "symbol"
    ? fail({ reason: REASONS.get(cleaned) ?? "not_json", path: path.reverse() })
    : ok(cleaned);
}

/**
 * Looks without writing anything down. The names are gone through as they are: to list those of each
 * object would take as long again as all that is asked about them.
 */
function isClean(value: unknown, depth: number): value is Json {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return isCleanNumber(value);
  if (typeof value !== "object" || value === null)
    return value === null || typeof value === "boolean";
  if (depth >= MAX_JSON_DEPTH) return false;
  return Array.isArray(value) ? areClean(value, depth + 1) : hasCleanFields(value, depth + 1);
}

/** Texts, which most values are, are looked at in place. */
function areClean(items: readonly unknown[], depth: number): boolean {
  for (const item of items)
    if (typeof item === "string" ? !item.isWellFormed() : !isClean(item, depth)) return false;
  return true;
}

function hasCleanFields(object: object, depth: number): boolean {
  if (!isPlain(object)) return false;
  for (const name in object) {
    if (name === "__proto__" || !name.isWellFormed()) return false;
    const value = object[name];
    if (typeof value === "string" ? !value.isWellFormed() : !isClean(value, depth)) return false;
  }
  return true;
}

const REASONS = new Map<symbol, JsonFault["reason"]>();
const TOO_DEEP = reason("too_deep");
const UNSAFE_INTEGER = reason("unsafe_integer");
const NOT_FINITE = reason("not_finite");
const LONE_SURROGATE = reason("lone_surrogate");
const NOT_JSON = reason("not_json");

function reason(name: JsonFault["reason"]): symbol {
  const symbol = Symbol(name);
  REASONS.set(symbol, name);
  return symbol;
}

/** Of a fault the places on the way to it are added to the path, the innermost first. */
function clean(value: unknown, depth: number, path: (string | number)[]): Json | symbol {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? value : LONE_SURROGATE;
    case "number":
      return cleanNumber(value);
    case "boolean":
      return value;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : UNSAFE_INTEGER;
    case "object":
      return value === null ? null : cleanObject(value, depth, path);
    default:
      return NOT_JSON;
  }
}

function cleanNumber(value: number): number | symbol {
  if (isCleanNumber(value)) return value;
  return Number.isFinite(value) ? UNSAFE_INTEGER : NOT_FINITE;
}

function isCleanNumber(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

function cleanObject(value: object, depth: number, path: (string | number)[]): Json | symbol {
  if (depth >= MAX_JSON_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return cleanArray(value, depth, path);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? NOT_JSON : value.toISOString();
  return isJsonObject(value) ? cleanProperties(value, depth, path) : NOT_JSON;
}

function cleanArray(
  items: readonly unknown[],
  depth: number,
  path: (string | number)[],
): Json | symbol {
  let copy: Json[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const one = clean(item === undefined ? null : item, depth + 1, path);
    if (typeof one === "symbol") {
      path.push(index);
      return one;
    }
    if (copy === undefined && one !== item) copy = items.slice(0, index) as Json[];
    copy?.push(one);
  }
  return copy ?? (items as readonly Json[]);
}

function cleanProperties(
  object: Readonly<Record<string, unknown>>,
  depth: number,
  path: (string | number)[],
): Json | symbol {
  const names = Object.keys(object);
  let copy: Record<string, Json> | undefined = sortNames(names) ? {} : undefined;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? "";
    const value = object[name];
    const skipped = name === "__proto__" || value === undefined;
    const one = skipped
      ? undefined
      : name.isWellFormed()
        ? clean(value, depth + 1, path)
        : LONE_SURROGATE;
    if (typeof one === "symbol") {
      path.push(name);
      return one;
    }
    if (copy === undefined && (skipped || one !== value)) copy = firstOf(object, names, index);
    if (copy !== undefined && one !== undefined) copy[name] = one;
  }
  return copy ?? (object as JsonObject);
}

/** A copy of the properties before one, all of them clean. */
function firstOf(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
  end: number,
): Record<string, Json> {
  const copy: Record<string, Json> = {};
  for (const name of names.slice(0, end)) copy[name] = object[name] as Json;
  return copy;
}

/** The names of an object by their code units. */
export function sortedKeys(object: JsonObject): readonly string[] {
  const names = Object.keys(object);
  sortNames(names);
  return names;
}

/** Sorts by code units, as RFC 8785 does; says whether the order changed. */
export function sortNames(names: string[]): boolean {
  return sortFew(names, isBehind);
}

function isBehind(name: string, other: string): boolean {
  return name > other;
}
