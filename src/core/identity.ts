import { isBlank, surelyDiffer } from "./blank.js";
import { canonicalJson, sha256 } from "./digest.js";
import { isJsonArray, isJsonObject, ownValue, type Json, type JsonObject } from "./json.js";
import { isPlainText, isSafeText } from "./redact.js";

/** Asks for one character before the `@` only, so that long texts are read in linear time. */
const E_MAIL = /[^\s@"]@[^\s@"]+\.[^\s@"]/;

/** Longer ones name nothing to a person, and would fill reports and ledgers. */
const MAX_SHOWN = 512;

/** Text of a value that names something: text as it is, a number as its decimals; else nothing. */
export function nameText(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && !isBlank(value) ? value : undefined;
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
  return keys.text(key, undefined) ?? (hasContent(key) ? canonicalJson(key) : undefined);
}

/** What is plain is remembered of as many parts of keys and targets: they are the same of most records. */
const MOST_NAMES = 64;
const plainNames = new Set<string>();

function isPlainName(name: string): boolean {
  if (plainNames.has(name)) return true;
  if (!isPlainText(name)) return false;
  if (plainNames.size < MOST_NAMES) plainNames.add(name);
  return true;
}

/** The identity that a key in canonical JSON stands for, with the target for State: again canonical JSON. */
function identityOfKey(keyText: string, target: string | undefined): string {
  return target === undefined ? keyText : `{"key":${keyText},"target":${JSON.stringify(target)}}`;
}

/**
 * Writes keys of one part in canonical JSON, with the target if there is one. What stands around the value
 * is that of the record before, nearly always: of three texts the whole is made, and no more than these
 * are held for a record.
 */
class PlainKeys {
  private name = "";
  private target: string | undefined;
  private quote = "";
  private before = "";
  private behind = "";

  /** @returns `undefined` unless name, value and target are plain, as nearly all are */
  text(key: JsonObject, target: string | undefined): string | undefined {
    const name = onlyName(key);
    if (name === undefined || !isPlainName(name)) return undefined;
    if (target !== undefined && !isPlainName(target)) return undefined;
    const value = ownValue(key, name);
    if (typeof value === "string")
      return isPlainText(value) ? this.around(value, name, target, '"') : undefined;
    return typeof value === "number" && Number.isSafeInteger(value)
      ? this.around(String(value), name, target, "")
      : undefined;
  }

  private around(value: string, name: string, target: string | undefined, quote: string): string {
    if (name !== this.name || target !== this.target || quote !== this.quote) {
      const [before, behind] =
        target === undefined ? ["", ""] : ['{"key":', `,"target":"${target}"}`];
      this.name = name;
      this.target = target;
      this.quote = quote;
      this.before = `${before}{"${name}":${quote}`;
      this.behind = `${quote}}${behind}`;
    }
    return this.before + value + this.behind;
  }
}

/** Two, since a record may be known by its key alone and with its target. */
const keys = new PlainKeys();
const identities = new PlainKeys();

/** The name of the only part of a key. */
function onlyName(key: JsonObject): string | undefined {
  let only: string | undefined;
  for (const name in key) {
    if (only !== undefined) return undefined;
    only = name;
  }
  return only;
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
 * @param parts what an identity was derived from, if it was; each value in it is held to the same rule
 */
export function safeIdentity(
  identity: string,
  identifiers: readonly Json[],
  parts: JsonObject = NO_PARTS,
): string {
  const shown =
    identity.length <= MAX_SHOWN &&
    isSafeText(identity) &&
    !(identity.includes("@") && E_MAIL.test(identity)) &&
    !shows(identity, identifiers) &&
    !shows(parts, identifiers);
  return shown ? identity : `sha256:${sha256(identity).slice(0, 16)}`;
}

const NO_PARTS: JsonObject = {};

/** What a record is called: `identity` where it may be shown, `givenIdentity` where it is sent. */
export interface RecordNames {
  readonly identity: string;
  readonly givenIdentity: string;
}

/**
 * What {@link derivedIdentity} gives, and its safe form. Of plain texts it is known what stands around
 * them, so that they are not looked through again.
 *
 * @param identifiers the values of the record's identifiers
 */
export function derivedNames(
  key: JsonObject,
  target: string | undefined,
  identifiers: readonly Json[],
): RecordNames | undefined {
  const identity = identities.text(key, target);
  if (identity === undefined) return namesOf(derivedIdentity(key, target), key, identifiers);
  return identity.length > MAX_SHOWN || mayBeObject(identifiers) || shows(key, identifiers)
    ? namesOf(identity, key, identifiers)
    : { identity, givenIdentity: identity };
}

function namesOf(
  given: string | undefined,
  key: JsonObject,
  identifiers: readonly Json[],
): RecordNames | undefined {
  return given === undefined
    ? undefined
    : { identity: safeIdentity(given, identifiers, key), givenIdentity: given };
}

/** Whether a value could be the text of a JSON object. */
function mayBeObject(values: readonly Json[]): boolean {
  for (const value of values)
    if (typeof value === "string" && !surelyDiffer("{}", value)) return true;
  return false;
}

function shows(part: Json, identifiers: readonly Json[]): boolean {
  if (identifiers.length === 0) return false;
  if (isJsonArray(part)) return part.some((one) => shows(one, identifiers));
  if (isJsonObject(part)) {
    for (const name in part) if (shows(part[name] ?? null, identifiers)) return true;
    return false;
  }
  const text = nameText(part);
  if (text === undefined) return false;
  for (const value of identifiers) if (isSameName(text, value)) return true;
  return false;
}

/** Whether a value names the same without regard to case and blanks around it. */
function isSameName(text: string, value: Json): boolean {
  if (typeof value === "string" && surelyDiffer(text, value)) return false;
  return nameText(value)?.trim().toLowerCase() === text.trim().toLowerCase();
}

function hasContent(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasContent);
  if (isJsonObject(value)) {
    for (const name in value) if (hasContent(value[name] ?? null)) return true;
    return false;
  }
  return value !== null && !(typeof value === "string" && isBlank(value));
}
