/** An audience with everything that a person asks about it: state, flags, size. */
import { isJsonArray, isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import type { AudienceReading } from "./list-audiences.js";
import { readId } from "./listed-audience.js";
import { readFlag, readInteger, readText } from "./read-value.js";

/** An audience as Meta shows it. */
export interface AudienceDetails {
  readonly id: string;
  /** Digits, without `act_`: the ad account that it belongs to. */
  readonly accountId: string | undefined;
  readonly name: string | undefined;
  /** Such as `CUSTOM`; only that one takes uploads. */
  readonly subtype: string | undefined;
  /** Code of `operation_status`. */
  readonly operationStatus: number | undefined;
  /** Code of `delivery_status`. */
  readonly deliveryStatus: number | undefined;
  /** Meta's estimate of how many people are in it; it lags by up to a day. */
  readonly size: AudienceSize | undefined;
  readonly isValueBased: boolean;
  /** Whether the token may not change it; unknown counts as no. */
  readonly isReadOnly: boolean;
  /** Unix seconds; set once Meta is going to delete it. */
  readonly deleteTime: number | undefined;
  /** Which of its fields break Meta's integrity policy: `name`, `description`, `rule`. */
  readonly flaggedFields: readonly string[];
}

/** Both ends of an estimate. */
export interface AudienceSize {
  readonly from: number;
  readonly to: number;
}

/**
 * The fields of {@link AudienceDetails} and how they are read.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience
 */
export const AUDIENCE_DETAILS: AudienceReading<AudienceDetails> = {
  fields: [
    ...["id", "account_id", "name", "subtype", "operation_status", "delivery_status"],
    ...["approximate_count_lower_bound", "approximate_count_upper_bound", "is_value_based"],
    ...["permission_for_actions", "delete_time", "fields_violating_integrity_policy"],
  ].join(","),
  read: readAudienceDetails,
};

function readAudienceDetails(entry: JsonObject): AudienceDetails | undefined {
  const id = readId(entry);
  if (id === undefined) return undefined;
  const deleteTime = readInteger(ownValue(entry, "delete_time")) ?? 0;
  return {
    id,
    accountId: readId({ id: ownValue(entry, "account_id") ?? null })?.replace(/^act_/, ""),
    name: readText(entry, "name"),
    subtype: readText(entry, "subtype"),
    operationStatus: readStatus(entry, "operation_status"),
    deliveryStatus: readStatus(entry, "delivery_status"),
    size: readSize(entry),
    isValueBased: readFlag(ownValue(entry, "is_value_based")),
    isReadOnly: isReadOnly(entry),
    deleteTime: deleteTime > 0 ? deleteTime : undefined,
    flaggedFields: readTexts(entry, "fields_violating_integrity_policy"),
  };
}

function readStatus(entry: JsonObject, name: string): number | undefined {
  const status = ownValue(entry, name) ?? null;
  return isJsonObject(status) ? readInteger(ownValue(status, "code")) : undefined;
}

/** -1 stands for an inactive lookalike, which has no size. */
function readSize(entry: JsonObject): AudienceSize | undefined {
  const from = readInteger(ownValue(entry, "approximate_count_lower_bound"));
  const to = readInteger(ownValue(entry, "approximate_count_upper_bound"));
  if (from === undefined || to === undefined || from < 0 || to < 0) return undefined;
  return { from, to };
}

function isReadOnly(entry: JsonObject): boolean {
  const may = ownValue(entry, "permission_for_actions") ?? null;
  return isJsonObject(may) && ownValue(may, "can_edit") === false;
}

function readTexts(entry: JsonObject, name: string): readonly string[] {
  const list = ownValue(entry, name);
  return isJsonArray(list) ? list.filter((one) => typeof one === "string") : [];
}
