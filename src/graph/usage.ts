import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../core/json.js";
import { parseBody } from "./parse-body.js";
import { readNumber } from "./read-value.js";

/**
 * How much of Meta's limits is used up, over all three usage headers.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export interface Usage {
  /** Whether any header told. */
  readonly isStated: boolean;
  /** The highest percentage of any limit; 0 when no header tells. Above 100 calls are refused. */
  readonly worstPercent: number;
  /** Milliseconds until calls are taken again; 0 when nothing is blocked. */
  readonly regainMs: number;
  /** Milliseconds until the ad account's count starts anew, blocked or not; 0 when unknown. */
  readonly resetMs: number;
}

const APP = "x-app-usage";
const ACCOUNT = "x-ad-account-usage";
const USE_CASES = "x-business-use-case-usage";
const NAMES = [APP, ACCOUNT, USE_CASES];

/** Reads the usage headers; what cannot be read counts as not there. */
export function readUsage(headers: Headers): Usage {
  const app = objectOf(headers.get(APP));
  const account = objectOf(headers.get(ACCOUNT));
  const useCases = Object.values(objectOf(headers.get(USE_CASES))).flatMap(entriesOf);
  const accountPercent = numberAt(account, "acc_id_util_pct");
  const resetMs = numberAt(account, "reset_time_duration") * SECOND;
  const stated = worst(useCases.map((entry) => numberAt(entry, "estimated_time_to_regain_access")));
  return {
    isStated: NAMES.some((name) => headers.has(name)),
    worstPercent: worst([accountPercent, ...[app, ...useCases].flatMap(percentages)]),
    regainMs: Math.max(stated * MINUTE, accountPercent >= 100 ? resetMs : 0),
    resetMs,
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function percentages(entry: JsonObject): readonly number[] {
  return ["call_count", "total_time", "total_cputime"].map((name) => numberAt(entry, name));
}

function worst(values: readonly number[]): number {
  return Math.max(0, ...values);
}

function numberAt(object: JsonObject, name: string): number {
  return Math.max(0, readNumber(object[name]) ?? 0);
}

function objectOf(header: string | null): JsonObject {
  const value = header === null ? undefined : parseBody(header);
  return isJsonObject(value) ? value : {};
}

function entriesOf(value: Json): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
