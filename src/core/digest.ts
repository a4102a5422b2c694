import { createHash, hash } from "node:crypto";
import { isJsonArray, sortNames, type Json, type JsonObject } from "./json.js";

/** SHA-256 of the UTF-8 bytes, as lower-case hex: the form in which Meta takes hashed identifiers. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

/** The same of what some parts make together. */
export function sha256OfParts(parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest("hex");
}

/**
 * JSON in the one form that RFC 8785 fixes: equal values give equal text. Texts and numbers are those
 * of `JSON.stringify`; what the form adds to it is the order of names.
 */
export function canonicalJson(value: Json): string {
  if (isInOrder(value)) return JSON.stringify(value);
  const sorted = withSortedNames(value);
  return sorted === undefined ? spelledOut(value) : JSON.stringify(sorted);
}

/** True where every object has its names sorted, as most of what is made here has. */
function isInOrder(value: Json): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (isJsonArray(value)) {
    for (const item of value) if (typeof item === "object" && !isInOrder(item)) return false;
    return true;
  }
  let before = "";
  for (const name in value) {
    const inner = value[name];
    if (name < before || (typeof inner === "object" && !isInOrder(inner))) return false;
    before = name;
  }
  return true;
}

/** The value itself when its names are sorted; `undefined` when no object can hold them sorted. */
function withSortedNames(value: Json): Json | undefined {
  if (typeof value !== "object" || value === null) return value;
  return isJsonArray(value) ? sortedItems(value) : sortedFields(value);
}

function sortedItems(items: readonly Json[]): readonly Json[] | undefined {
  let copy: Json[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] ?? null;
    const sorted = withSortedNames(item);
    if (sorted === undefined) return undefined;
    if (sorted === item) continue;
    copy ??= [...items];
    copy[index] = sorted;
  }
  return copy ?? items;
}

function sortedFields(object: JsonObject): JsonObject | undefined {
  const names = Object.keys(object);
  const ordered = !sortNames(names);
  let copy: Record<string, Json> | undefined;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? "";
    const value = object[name] ?? null;
    const sorted = withSortedNames(value);
    if (sorted === undefined) return undefined;
    if (copy === undefined) {
      if (ordered && sorted === value) continue;
      if (names.some(keepsNoPlace)) return undefined;
      copy = fieldsBefore(object, names, index);
    }
    copy[name] = sorted;
  }
  return copy ?? object;
}

function fieldsBefore(
  object: JsonObject,
  names: readonly string[],
  end: number,
): Record<string, Json> {
  const copy: Record<string, Json> = {};
  for (const name of names.slice(0, end)) copy[name] = object[name] ?? null;
  return copy;
}

/** Objects have their own order for names that are numbers, and another meaning for `__proto__`. */
function keepsNoPlace(name: string): boolean {
  return (name >= "0" && name < ":") || name === "__proto__";
}

function spelledOut(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isJsonArray(value)) return `[${value.map(spelledOut).join(",")}]`;
  const names = Object.keys(value).sort();
  const fields = names.map((name) => `${JSON.stringify(name)}:${spelledOut(value[name] ?? null)}`);
  return `{${fields.join(",")}}`;
}
