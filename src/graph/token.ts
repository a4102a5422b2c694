/** What Meta knows about an access token. */
import { isJsonArray, isJsonObject, ownValue, type Json, type JsonObject } from "../core/json.js";
import { ERROR_RULES, type ErrorRule } from "../generated/errors.js";
import { readInteger, readText } from "./read-value.js";

/** A token, without the token. */
export interface TokenDescription {
  /** Such as `SYSTEM_USER` or `USER`. */
  readonly type: string | undefined;
  readonly isValid: boolean;
  /** Unix seconds; missing when it has no end. */
  readonly expiresAt: number | undefined;
  /** Unix seconds until which the app may see the person's data; missing when there is no end. */
  readonly dataAccessEndsAt: number | undefined;
  /** What it may do, such as `ads_management`. */
  readonly permissions: readonly string[];
  /** The rule of the error that says why it is not valid. */
  readonly invalidFor: ErrorRule | undefined;
}

/**
 * Reads the answer of `debug_token`; nothing when it does not say whether the token is valid.
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export function readTokenDescription(body: JsonObject): TokenDescription | undefined {
  const data = ownValue(body, "data") ?? null;
  if (!isJsonObject(data)) return undefined;
  const isValid = ownValue(data, "is_valid");
  if (typeof isValid !== "boolean") return undefined;
  const error = ownValue(data, "error") ?? null;
  return {
    type: word(readText(data, "type")),
    isValid,
    expiresAt: readEnd(data, "expires_at"),
    dataAccessEndsAt: readEnd(data, "data_access_expires_at"),
    permissions: words(ownValue(data, "scopes")),
    invalidFor: isJsonObject(error) ? readRule(error) : undefined,
  };
}

/**
 * Reads the answer of `me/permissions`: those that were granted; nothing when it is no list.
 * @see https://developers.facebook.com/docs/graph-api/reference/user/permissions
 */
export function readPermissions(body: JsonObject): readonly string[] | undefined {
  const data = ownValue(body, "data");
  if (!isJsonArray(data)) return undefined;
  const granted = data.filter(isJsonObject).filter((one) => ownValue(one, "status") === "granted");
  return words(granted.map((one) => ownValue(one, "permission") ?? null));
}

/** The error here has its subcode under a shorter name. */
function readRule(error: JsonObject): ErrorRule | undefined {
  const code = readInteger(ownValue(error, "code"));
  const subcode = readInteger(ownValue(error, "subcode"));
  const rules = ERROR_RULES.filter((rule) => code !== undefined && rule.code === code);
  return (
    rules.find((rule) => rule.subcode === subcode) ??
    rules.find((rule) => rule.subcode === undefined)
  );
}

/** 0 stands for no end. */
function readEnd(data: JsonObject, name: string): number | undefined {
  const end = readInteger(ownValue(data, name)) ?? 0;
  return end > 0 ? end : undefined;
}

function words(list: Json | undefined): readonly string[] {
  const texts = isJsonArray(list) ? list.filter((one) => typeof one === "string") : [];
  return texts.map(word).filter((one) => one !== undefined);
}

/** Names of Meta's are words: what is none is not shown. */
function word(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9_]{1,64}$/.test(text) ? text : undefined;
}
