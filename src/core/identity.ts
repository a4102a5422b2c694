import { canonicalJson, sha256 } from "./digest.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.js";
import { isSafeText } from "./redact.js";

/** Asks for one character before the `@` only, so that long texts are read in linear time. */
const E_MAIL = /[^\s@"]@[^\s@"]+\.[^\s@"]/;

/** Longer ones name nothing to a person, and would fill reports and ledgers. */
const MAX_SHOWN = 512;

/** Text of a value that names something: text as it is, a number as its decimals; else nothing. */
export function nameText(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/**
 * The identity of a record that gives none: its key in canonical JSON, with the target for State.
 * `undefined` when no part of the key has a value.
 */
export function derivedIdentity(key: JsonObject, target?: string): string | undefined {
  const text = textOfKey(key);
  return text === undefined ? undefined : identityOfKey(text, target);
}

/** A key in canonical JSON; `undefined` when no part of it has a value. */
export function textOfKey(key: JsonObject): string | undefined {
  return hasContent(key) ? canonicalJson(key) : undefined;
}

/**
 * The identity that a key stands for, with the target for State: again canonical JSON.
 *
 * @param keyText as {@link textOfKey} gives it
 */
export function identityOfKey(keyText: string, target: string | undefined): string {
  return target === undefined ? keyText : `{"key":${keyText},"target":${JSON.stringify(target)}}`;
}

/**
 * Who a key stands for, the same for every target: a digest, since a key may hold an identifier.
 *
 * @param keyText as {@link textOfKey} gives it
 */
export function memberOf(keyText: string): string {
  return sha256(keyText);
}

/**
 * The form of an identity that plans, messages and ledgers may show: an identity that equals an
 * identifier value of its record, or has the shape of an e-mail address, a telephone number or a
 * secret, or is too long for a line, becomes a digest.
 *
 * @param parts the values an identity was derived from, if it was; each of them, and what is
 *   inside them, is held to the same rule
 */
export function safeIdentity(
  identity: string,
  identifierValues: Iterable<Json>,
  parts: Iterable<Json> = [],
): string {
  const personal: string[] = [];
  for (const value of identifierValues) {
    const text = nameText(value)?.trim().toLowerCase();
    if (text !== undefined) personal.push(text);
  }
  const shown =
    identity.length <= MAX_SHOWN &&
    !shows(identity, personal) &&
    !someShows(parts, personal) &&
    !(identity.includes("@") && E_MAIL.test(identity)) &&
    isSafeText(identity);
  return shown ? identity : `sha256:${sha256(identity).slice(0, 16)}`;
}

function someShows(parts: Iterable<Json>, personal: readonly string[]): boolean {
  for (const part of parts) if (shows(part, personal)) return true;
  return false;
}

function shows(part: Json, personal: readonly string[]): boolean {
  if (isJsonArray(part)) return someShows(part, personal);
  if (isJsonObject(part)) return someShows(Object.values(part), personal);
  const text = nameText(part);
  return text !== undefined && personal.includes(text.trim().toLowerCase());
}

function hasContent(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasContent);
  if (isJsonObject(value)) return Object.values(value).some(hasContent);
  return value !== null && !(typeof value === "string" && value.trim() === "");
}
