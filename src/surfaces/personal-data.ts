/** Plain personal data where Meta wants none: in `custom_data` and in URLs. */
import { safeName } from "../core/redact.js";
import { isJsonArray, isJsonObject, sortedKeys, type Json, type JsonObject } from "../core/json.js";
import { count, type Tally } from "../mapping/scope.js";
import { isPersonalName } from "./personal-names.js";
import {
  hasAnyMark,
  hasMark,
  isPersonalText,
  isUrl,
  withoutPersonalParts,
} from "./personal-text.js";

/** What to do about it: send and count, take it out, or reject the record. */
export type PersonalDataPolicy = "warn" | "drop" | "reject";

/** An event that may be sent, or the field that stands in the way. */
export type Permitted =
  | { readonly kind: "permitted"; readonly event: JsonObject }
  | { readonly kind: "refused"; readonly field: string };

/** The fields of an event that are URLs, and in which personal data may stand. */
export const URL_FIELDS: ReadonlySet<string> = new Set(["event_source_url", "referrer_url"]);

/**
 * Holds an event to the policy. A property counts as personal by its name (one of Meta's hashed
 * `user_data` keys, or its plain name) or by a text with an e-mail address or a telephone number.
 */
export function applyPersonalDataPolicy(
  event: JsonObject,
  policy: PersonalDataPolicy,
  tally: Tally,
): Permitted {
  if (!mayBePersonal(event)) return { kind: "permitted", event };
  const found: string[] = [];
  const clean = Object.entries(event).flatMap(([name, value]): [string, Json][] => {
    const kept = cleanField(name, value, found);
    return kept === undefined ? [] : [[name, kept]];
  });
  const [first] = found;
  if (first === undefined) return { kind: "permitted", event };
  if (policy === "reject") return { kind: "refused", field: first };
  for (const field of found) count(tally.personalData, field);
  return { kind: "permitted", event: policy === "warn" ? event : Object.fromEntries(clean) };
}

/** A quick look, by which nearly every event is done with; it may be wrong about what it doubts. */
function mayBePersonal(event: JsonObject): boolean {
  for (const name of URL_FIELDS) {
    const url = event[name];
    if (typeof url === "string" && withoutPersonalParts(url) !== url) return true;
  }
  return isDoubtful(event["custom_data"] ?? null, false);
}

function isDoubtful(value: Json, named: boolean): boolean {
  if (typeof value === "string") return named || isDoubtfulText(value);
  if (typeof value !== "object" || value === null) return named;
  if (isJsonArray(value)) {
    for (const item of value) if (isDoubtful(item, named)) return true;
    return false;
  }
  for (const name in value) if (isDoubtful(value[name] ?? null, isPersonalName(name))) return true;
  return false;
}

/** True of a text that may be personal where Meta wants nothing personal. */
export function isDoubtfulText(text: string): boolean {
  if (!hasAnyMark(text)) return false;
  return isUrl(text) ? withoutPersonalParts(text) !== text : hasMark(text);
}

function cleanField(name: string, value: Json, found: string[]): Json | undefined {
  if (name === "custom_data") return withoutPersonal(value, name, found);
  return URL_FIELDS.has(name) && typeof value === "string" ? cleanUrl(value, name, found) : value;
}

/**
 * The value without what is personal; `undefined` when nothing is left.
 *
 * @param named whether the value stands under a personal name
 * @param found gets the place of whatever is taken out
 */
function withoutPersonal(
  value: Json,
  at: string,
  found: string[],
  named = false,
): Json | undefined {
  if (isJsonArray(value)) return withoutPersonalItems(value, at, found, named);
  if (isJsonObject(value)) return withoutPersonalFields(value, at, found);
  if (typeof value === "string" && isUrl(value) && !named) return cleanUrl(value, at, found);
  const personal = named ? isTelling(value) : typeof value === "string" && isPersonalText(value);
  if (personal) found.push(safeName(at));
  return personal ? undefined : value;
}

/** Text or a number under a personal name is personal; a flag (`email: true`) is not. */
function isTelling(value: Json): boolean {
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "");
}

function cleanUrl(url: string, at: string, found: string[]): string {
  const clean = withoutPersonalParts(url);
  if (clean !== url) found.push(safeName(at));
  return clean;
}

function withoutPersonalItems(
  items: readonly Json[],
  at: string,
  found: string[],
  named: boolean,
): Json | undefined {
  const kept = items.flatMap((item) => {
    const clean = withoutPersonal(item, at, found, named);
    return clean === undefined ? [] : [clean];
  });
  return kept.length === 0 && items.length > 0 ? undefined : kept;
}

function withoutPersonalFields(object: JsonObject, at: string, found: string[]): Json | undefined {
  const names = sortedKeys(object);
  const kept = names.flatMap((name): [string, Json][] => {
    const clean = withoutPersonal(
      object[name] ?? null,
      `${at}.${name}`,
      found,
      isPersonalName(name),
    );
    return clean === undefined ? [] : [[name, clean]];
  });
  return kept.length === 0 && names.length > 0 ? undefined : Object.fromEntries(kept);
}
