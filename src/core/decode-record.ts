/** Reads contract records: a JSON value in, a record or a rejection out. */
import { derivedIdentity, nameText, safeIdentity } from "./identity.js";
import {
  describeJsonFault,
  isJsonArray,
  isJsonObject,
  ownValue,
  parseJson,
  type Json,
  type JsonFault,
  type JsonObject,
} from "./json.js";
import type {
  ContractRecord,
  EventImport,
  Identifier,
  Rejection,
  RejectionCode,
  StateOperation,
} from "./record.js";
import { safeName } from "./redact.js";
import { fail, ok, type Result } from "./result.js";

/**
 * Reads a State Operation.
 *
 * @param given what came in, through the door for JSON
 * @param position of the record in its input, from 1; names it while it has no identity
 * @example decodeStateOperation(parseJson('{"operation":"upsert","target":"VIP","key":{"id":7}}'), 1)
 */
export function decodeStateOperation(
  given: GivenJson,
  position: number,
): Result<StateOperation, Rejection> {
  const reader = new RecordReader(position);
  const parts = reader.parts(given);
  if (parts === undefined) return fail(reader.rejection());
  const operation = ownValue(parts.record, "operation");
  if (operation !== "upsert" && operation !== "remove")
    return fail(
      reader.reject("invalid_record", "operation", "`operation` must be `upsert` or `remove`."),
    );
  const target = targetText(parts.record);
  if (target === undefined)
    return fail(
      reader.reject("missing_target", "target", "The record names no `target` (an audience)."),
    );
  const identity = reader.identity(parts, target);
  if (identity === undefined) return fail(reader.rejection());
  const { key, identifiers, payload } = parts;
  return ok({
    kind: "state",
    operation,
    target,
    identity: identity.identity,
    givenIdentity: identity.givenIdentity,
    key,
    identifiers,
    payload,
  });
}

/**
 * Reads an Event Import.
 *
 * @param given what came in, through the door for JSON
 * @param position of the record in its input, from 1; names it while it has no identity
 */
export function decodeEventImport(
  given: GivenJson,
  position: number,
): Result<EventImport, Rejection> {
  const reader = new RecordReader(position);
  const parts = reader.parts(given);
  if (parts === undefined) return fail(reader.rejection());
  const operation = ownValue(parts.record, "operation") ?? "import";
  if (operation !== "import")
    return fail(
      reader.reject("invalid_record", "operation", "`operation` of an event must be `import`."),
    );
  const identity = reader.identity(parts);
  if (identity === undefined) return fail(reader.rejection());
  const { record, key, identifiers, payload } = parts;
  return ok({
    kind: "event",
    operation,
    identity: identity.identity,
    givenIdentity: identity.givenIdentity,
    key,
    identifiers,
    payload,
    eventName: ownValue(record, "event_name"),
    eventType: ownValue(record, "event_type"),
    occurredAt: ownValue(record, "occurred_at"),
  });
}

/** A value that came through the door, or why there is none. */
export type GivenJson = Result<Json, JsonFault>;

interface Parts {
  readonly record: JsonObject;
  readonly key: JsonObject;
  readonly identifiers: readonly Identifier[];
  readonly payload: JsonObject;
}

interface Identity {
  readonly identity: string;
  readonly givenIdentity: string;
}

/**
 * The fields of a record that the contract does not know for its kind; nothing reads them.
 *
 * @param kind `state` for operations on audiences, `event` for imports
 */
export function unknownFields(record: JsonObject, kind: ContractRecord["kind"]): readonly string[] {
  const known = [...COMMON_NAMES, ...OWN_NAMES[kind]];
  return Object.keys(record).filter((name) => !known.includes(name));
}

const KEY_NAMES = ["key", "state_key", "event_key", "key_json"];
const IDENTIFIER_NAMES = ["identifiers", "identifiers_json"];
const PAYLOAD_NAMES = ["payload", "payload_json"];
const TARGET_NAMES = ["target", "target_json"];
const IDENTITY_NAMES = ["record_identity", "event_identity"];
const COMMON_NAMES = [
  "operation",
  ...IDENTITY_NAMES,
  ...KEY_NAMES,
  ...IDENTIFIER_NAMES,
  ...PAYLOAD_NAMES,
];
const OWN_NAMES = { state: TARGET_NAMES, event: ["event_name", "event_type", "occurred_at"] };

/**
 * Reads the common fields; after `undefined` the rejection says what was wrong. Until the
 * identifiers are read nobody knows whether an identity is one of them, so the record goes by its
 * position.
 */
class RecordReader {
  private name: string;
  private problem: Rejection | undefined;

  constructor(position: number) {
    this.name = `#${String(position)}`;
  }

  reject(code: RejectionCode, field: string, message: string): Rejection {
    this.problem = { identity: this.name, code, field, message };
    return this.problem;
  }

  rejection(): Rejection {
    return this.problem ?? this.reject("invalid_record", "", "The record cannot be read.");
  }

  parts(json: GivenJson): Parts | undefined {
    if (!json.ok) return this.fault("", json.error);
    const record = json.value;
    if (!isJsonObject(record)) {
      this.reject("invalid_record", "", "A record must be a JSON object.");
      return undefined;
    }
    const identifiers = this.identifiers(record);
    if (identifiers === undefined) return undefined;
    const given = givenIdentity(record);
    if (given !== undefined) this.name = safeIdentity(given, identifiers.map(valueOf));
    const key = this.object(record, KEY_NAMES);
    const payload = key && this.object(record, PAYLOAD_NAMES);
    return payload && { record, key, identifiers, payload };
  }

  identity(parts: Parts, target?: string): Identity | undefined {
    const given = givenIdentity(parts.record);
    const identity = given ?? derivedIdentity(parts.key, target);
    if (identity === undefined) {
      this.reject(
        "missing_identity",
        "record_identity",
        "The record has neither `record_identity`, `event_identity` nor a `key` with a value.",
      );
      return undefined;
    }
    if (given === undefined)
      this.name = safeIdentity(identity, parts.identifiers.map(valueOf), parts.key);
    return { identity: this.name, givenIdentity: identity };
  }

  private object(record: JsonObject, names: readonly string[]): JsonObject | undefined {
    const field = firstPresent(record, names);
    if (field === undefined) return {};
    const value = this.decoded(field.name, field.value);
    if (value === undefined) return undefined;
    if (isJsonObject(value)) return value;
    if (value === null) return {};
    this.reject("invalid_record", field.name, `\`${field.name}\` must be an object.`);
    return undefined;
  }

  private identifiers(record: JsonObject): readonly Identifier[] | undefined {
    const field = firstPresent(record, IDENTIFIER_NAMES);
    if (field === undefined) return [];
    const list = this.decoded(field.name, field.value);
    if (list === undefined) return undefined;
    if (list === null) return [];
    if (!isJsonArray(list)) {
      this.reject("invalid_identifier", field.name, `\`${field.name}\` must be a list.`);
      return undefined;
    }
    const identifiers: Identifier[] = [];
    for (let index = 0; index < list.length; index += 1) {
      const identifier = this.identifier(field.name, index, list[index] ?? null);
      if (identifier === undefined) return undefined;
      identifiers.push(identifier);
    }
    return identifiers;
  }

  private identifier(field: string, index: number, item: Json): Identifier | undefined {
    const value =
      typeof item === "string" ? this.decoded(`${field}[${String(index)}]`, item) : item;
    if (value === undefined) return undefined;
    const type = isJsonObject(value) ? ownValue(value, "type") : undefined;
    if (!isJsonObject(value) || typeof type !== "string" || type.trim() === "") {
      const place = `${field}[${String(index)}]`;
      this.reject("invalid_identifier", place, "An identifier must be an object with a `type`.");
      return undefined;
    }
    return { type: type.trim(), value: ownValue(value, "value") ?? null };
  }

  /** Text in these fields is JSON; blank text is as good as nothing. */
  private decoded(field: string, value: Json): Json | undefined {
    if (typeof value !== "string") return value;
    if (value.trim() === "") return null;
    const parsed = parseJson(value);
    return parsed.ok ? parsed.value : this.fault(field, parsed.error);
  }

  private fault(field: string, fault: JsonFault): undefined {
    const place = safeName([...(field === "" ? [] : [field]), ...fault.path].join("."));
    const code = fault.reason === "syntax" ? "invalid_record" : "invalid_value";
    const subject = place === "" ? "The record" : `\`${place}\``;
    this.reject(code, place, `${subject} ${describeJsonFault(fault)}.`);
    return undefined;
  }
}

function valueOf({ value }: Identifier): Json {
  return value;
}

function firstPresent(
  record: JsonObject,
  names: readonly string[],
): { readonly name: string; readonly value: Json } | undefined {
  for (const name of names) {
    const value = ownValue(record, name);
    const blank = value === null || (typeof value === "string" && value.trim() === "");
    if (value !== undefined && !blank) return { name, value };
  }
  return undefined;
}

function givenIdentity(record: JsonObject): string | undefined {
  return (
    nameText(ownValue(record, "record_identity")) ?? nameText(ownValue(record, "event_identity"))
  );
}

function targetText(record: JsonObject): string | undefined {
  const field = firstPresent(record, TARGET_NAMES);
  if (field === undefined) return undefined;
  let value = field.value;
  if (
    typeof value === "string" &&
    (field.name === "target_json" || value.trimStart().startsWith("{"))
  ) {
    const parsed = parseJson(value);
    if (parsed.ok) value = parsed.value;
  }
  if (isJsonObject(value)) value = ownValue(value, "value") ?? null;
  return nameText(value)?.trim();
}
