/** The fields of contract records: their names, and how they are read. */
import { isBlank, surelyTrimmed, trimmed } from "./blank.js";
import { nameText } from "./identity.js";
import { isJsonObject, ownValue, parseJson, type Json, type JsonObject } from "./json.js";
import type { ContractRecord } from "./record.js";

export const KEY_NAMES = ["key", "state_key", "event_key", "key_json"];
export const IDENTIFIER_NAMES = ["identifiers", "identifiers_json"];
export const PAYLOAD_NAMES = ["payload", "payload_json"];
const TARGET_NAMES = ["target", "target_json"];
const COMMON_NAMES = [
  "operation",
  "record_identity",
  "event_identity",
  ...KEY_NAMES,
  ...IDENTIFIER_NAMES,
  ...PAYLOAD_NAMES,
];
const OWN_NAMES = { state: TARGET_NAMES, event: ["event_name", "event_type", "occurred_at"] };

/**
 * The fields of a record that the contract does not know for its kind; nothing reads them.
 *
 * @param kind `state` for operations on audiences, `event` for imports
 */
export function unknownFields(record: JsonObject, kind: ContractRecord["kind"]): readonly string[] {
  const known = [...COMMON_NAMES, ...OWN_NAMES[kind]];
  return Object.keys(record).filter((name) => !known.includes(name));
}

/** What plain objects inherit: nothing, unless somebody changed what they all have. */
export const INHERITED: JsonObject = {};

/**
 * As `ownValue`, of a value that is read already: a name that is written in the code is found in a
 * fraction of the time of one that varies.
 *
 * @param inherited what {@link INHERITED} has by the name
 */
export function own(
  object: JsonObject,
  name: string,
  value: Json | undefined,
  inherited: Json | undefined,
): Json | undefined {
  return value === undefined || value !== inherited ? value : ownValue(object, name);
}

/** The first of several fields that holds something, which blank text is not. */
export function firstPresent(
  record: JsonObject,
  names: readonly string[],
): { readonly name: string; readonly value: Json } | undefined {
  for (const name of names) {
    const value = ownValue(record, name);
    const blank = value === null || (typeof value === "string" && isBlank(value));
    if (value !== undefined && !blank) return { name, value };
  }
  return undefined;
}

/** What the record says is to be done. */
export function operationOf(record: JsonObject): Json | undefined {
  return own(record, "operation", record["operation"], INHERITED["operation"]);
}

/** The identity that a record gives itself. */
export function givenIdentity(record: JsonObject): string | undefined {
  return (
    nameText(
      own(record, "record_identity", record["record_identity"], INHERITED["record_identity"]),
    ) ??
    nameText(own(record, "event_identity", record["event_identity"], INHERITED["event_identity"]))
  );
}

/** False only for a record without any field for a key, its own or inherited. */
export function hasKey(record: JsonObject): boolean {
  return (
    record["key"] !== undefined ||
    record["state_key"] !== undefined ||
    record["event_key"] !== undefined ||
    record["key_json"] !== undefined
  );
}

/** False only for a record without any field for a payload. */
export function hasPayload(record: JsonObject): boolean {
  return record["payload"] !== undefined || record["payload_json"] !== undefined;
}

/** The audience that a record names. */
export function targetText(record: JsonObject): string | undefined {
  const first = own(record, "target", record["target"], INHERITED["target"]);
  const field =
    typeof first === "string" && surelyTrimmed(first)
      ? { name: "target", value: first }
      : firstPresent(record, TARGET_NAMES);
  if (field === undefined) return undefined;
  let value: Json = field.value;
  if (
    typeof value === "string" &&
    (field.name === "target_json" || trimmed(value).startsWith("{"))
  ) {
    const parsed = parseJson(value);
    if (parsed.ok) value = parsed.value;
  }
  if (isJsonObject(value)) value = ownValue(value, "value") ?? null;
  const text = nameText(value);
  return text === undefined ? undefined : trimmed(text);
}
