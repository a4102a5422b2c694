import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../core/json.js";
import { TOO_WEAK_USER_DATA } from "../generated/constants.js";
import { isBlank } from "../mapping/convert.js";
import { quotedList } from "../mapping/problems.js";
import type { Fault } from "../mapping/scope.js";

/** Keys of `user_data` each; an event that has none beside those of one of them finds nobody. */
export const WEAK_SETS: readonly ReadonlySet<string>[] = TOO_WEAK_USER_DATA.sets.map(
  (keys) => new Set<string>(keys),
);

/**
 * The fault of an event that says too little about the person: Meta would refuse it, and with it
 * its whole request.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/best-practices#baseline-requirements-for-matching
 */
export function weakUserData(event: JsonObject): Fault | undefined {
  const userData = event["user_data"];
  if (isJsonObject(userData) && isStrong(userData)) return undefined;
  const keys = isJsonObject(userData) ? presentKeys(userData) : [];
  const message = `${tooWeakMessage(keys, "has")}. ${STRONGER_KEYS}`;
  return { code: "too_weak", field: "user_data", message };
}

/** True when an event that has these keys of `user_data` and no others finds nobody. */
export function isTooWeak(keys: readonly string[]): boolean {
  return WEAK_SETS.some((weak) => keys.every((key) => weak.has(key)));
}

/** What is wrong with having these keys and no others, without a full stop. */
export function tooWeakMessage(keys: readonly string[], has: "has" | "never has"): string {
  return keys.length === 0
    ? `\`user_data\` ${has === "has" ? "has no" : "never has a"} key with a value, and Meta refuses such an event (${SUBCODE})`
    : `\`user_data\` ${has === "has" ? "has only" : "never has more than"} ${quotedList(keys)}, which Meta refuses as too little to find a person (${SUBCODE})`;
}

/** True when each of the sets that are too weak lacks one of the keys. */
function isStrong(userData: JsonObject): boolean {
  for (const weak of WEAK_SETS) if (!hasKeyBeside(weak, userData)) return false;
  return true;
}

function hasKeyBeside(weak: ReadonlySet<string>, userData: JsonObject): boolean {
  for (const key in userData) if (!weak.has(key) && saysSomething(userData[key])) return true;
  return false;
}

function presentKeys(userData: JsonObject): readonly string[] {
  return Object.keys(userData).filter((key) => saysSomething(userData[key]));
}

function saysSomething(value: Json | undefined): boolean {
  return isJsonArray(value) ? value.some(saysSomething) : !isBlank(value);
}

const SUBCODE = String(TOO_WEAK_USER_DATA.subcode);

/** What helps. */
export const STRONGER_KEYS = "Add an e-mail address, a phone number or an external id.";
