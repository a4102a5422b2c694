/** Reads contract records: a JSON value in, a record or a rejection out. */
import { surelyTrimmed } from "./blank.js";
import { derivedNames, safeIdentity } from "./identity.js";
import {
  describeJsonFault,
  isJsonArray,
  isObject,
  ownValue,
  parseJson,
  type Json,
  type JsonFault,
  type JsonObject,
} from "./json.js";
import {
  firstPresent,
  givenIdentity,
  hasKey,
  hasPayload,
  IDENTIFIER_NAMES,
  INHERITED,
  KEY_NAMES,
  operationOf,
  own,
  PAYLOAD_NAMES,
  targetText,
} from "./record-fields.js";
import type {
  EventImport,
  Identifier,
  Rejection,
  RejectionCode,
  StateOperation,
} from "./record.js";
import { safeName } from "./redact.js";
import { fail, ok, type Result } from "./result.js";

/** A value that came through the door, or why there is none. */
export type GivenJson = Result<Json, JsonFault>;

/**
 * Reads a State Operation.
 *
 * @param given what came in, through the door for JSON; parts of it become parts of the record
 * @param position of the record in its input, from 1; names it while it has no identity
 * @example decodeStateOperation(parseJson('{"operation":"upsert","target":"VIP","key":{"id":7}}'), 1)
 */
export function decodeStateOperation(
  given: GivenJson,
  position: number,
): Result<StateOperation, Rejection> {
  const reader = new RecordReader(position);
  const record = reader.read(given);
  if (record === undefined) return fail(reader.rejection());
  const operation = operationOf(record);
  if (operation !== "upsert" && operation !== "remove")
    return fail(
      reader.reject("invalid_record", "operation", "`operation` must be `upsert` or `remove`."),
    );
  const target = targetText(record);
  if (target === undefined)
    return fail(
      reader.reject("missing_target", "target", "The record names no `target` (an audience)."),
    );
  const givenIdentity = reader.identify(target);
  if (givenIdentity === undefined) return fail(reader.rejection());
  const { key, identifiers, payload } = reader;
  return ok({
    kind: "state",
    operation,
    target,
    identity: reader.name(),
    givenIdentity,
    key,
    identifiers,
    payload,
  });
}

/**
 * Reads an Event Import.
 *
 * @param given what came in, through the door for JSON; parts of it become parts of the record
 * @param position of the record in its input, from 1; names it while it has no identity
 */
export function decodeEventImport(
  given: GivenJson,
  position: number,
): Result<EventImport, Rejection> {
  const reader = new RecordReader(position);
  const record = reader.read(given);
  if (record === undefined) return fail(reader.rejection());
  const operation = operationOf(record) ?? "import";
  if (operation !== "import")
    return fail(
      reader.reject("invalid_record", "operation", "`operation` of an event must be `import`."),
    );
  const givenIdentity = reader.identify(undefined);
  if (givenIdentity === undefined) return fail(reader.rejection());
  const { key, identifiers, payload } = reader;
  return ok({
    kind: "event",
    operation,
    identity: reader.name(),
    givenIdentity,
    key,
    identifiers,
    payload,
    eventName: own(record, "event_name", record["event_name"], INHERITED["event_name"]),
    eventType: own(record, "event_type", record["event_type"], INHERITED["event_type"]),
    occurredAt: own(record, "occurred_at", record["occurred_at"], INHERITED["occurred_at"]),
  });
}

const NO_FIELDS: JsonObject = {};
const NO_IDENTIFIERS: readonly Identifier[] = [];
const NO_VALUES: readonly Json[] = [];

/**
 * Reads the common fields; after `undefined` the rejection says what was wrong. Until the
 * identifiers are read nobody knows whether an identity is one of them, so the record goes by its
 * position.
 */
class RecordReader {
  key = NO_FIELDS;
  identifiers = NO_IDENTIFIERS;
  payload = NO_FIELDS;
  private values = NO_VALUES;
  private given: string | undefined;
  private shown: string | undefined;
  private problem: Rejection | undefined;

  constructor(private readonly position: number) {}

  /** What the record is called where it may be read by anybody. */
  name(): string {
    return this.shown ?? `#${String(this.position)}`;
  }

  reject(code: RejectionCode, field: string, message: string): Rejection {
    this.problem = { identity: this.name(), code, field, message };
    return this.problem;
  }

  rejection(): Rejection {
    return this.problem ?? this.reject("invalid_record", "", "The record cannot be read.");
  }

  read(json: GivenJson): JsonObject | undefined {
    if (!json.ok) return this.fault("", json.error);
    const record = json.value;
    if (!isObject(record)) {
      this.reject("invalid_record", "", "A record must be a JSON object.");
      return undefined;
    }
    if (!this.readIdentifiers(record)) return undefined;
    this.given = givenIdentity(record);
    if (this.given !== undefined) this.shown = safeIdentity(this.given, this.values);
    const key = hasKey(record)
      ? this.object(record, KEY_NAMES, own(record, "key", record["key"], INHERITED["key"]))
      : NO_FIELDS;
    if (key === undefined) return undefined;
    this.key = key;
    const payload = hasPayload(record)
      ? this.object(
          record,
          PAYLOAD_NAMES,
          own(record, "payload", record["payload"], INHERITED["payload"]),
        )
      : NO_FIELDS;
    if (payload === undefined) return undefined;
    this.payload = payload;
    return record;
  }

  /** The identity as a mapping reads it; the name by then is the one that may be shown. */
  identify(target: string | undefined): string | undefined {
    if (this.given !== undefined) return this.given;
    const names = derivedNames(this.key, target, this.values);
    if (names === undefined) {
      this.reject(
        "missing_identity",
        "record_identity",
        "The record has neither `record_identity`, `event_identity` nor a `key` with a value.",
      );
      return undefined;
    }
    this.shown = names.identity;
    return names.givenIdentity;
  }

  /** @param first what the record itself has by the first of the names: nearly always the object */
  private object(
    record: JsonObject,
    names: readonly string[],
    first: Json | undefined,
  ): JsonObject | undefined {
    if (isObject(first)) return first;
    const field = firstPresent(record, names);
    if (field === undefined) return NO_FIELDS;
    const value = this.decoded(field.name, field.value);
    if (value === undefined) return undefined;
    if (isObject(value)) return value;
    if (value === null) return NO_FIELDS;
    this.reject("invalid_record", field.name, `\`${field.name}\` must be an object.`);
    return undefined;
  }

  private readIdentifiers(record: JsonObject): boolean {
    const first = own(record, "identifiers", record["identifiers"], INHERITED["identifiers"]);
    if (isJsonArray(first)) return this.readList("identifiers", first);
    const field = firstPresent(record, IDENTIFIER_NAMES);
    if (field === undefined) return true;
    const list = this.decoded(field.name, field.value);
    if (list === undefined) return false;
    if (list === null) return true;
    if (!isJsonArray(list)) {
      this.reject("invalid_identifier", field.name, `\`${field.name}\` must be a list.`);
      return false;
    }
    return this.readList(field.name, list);
  }

  private readList(field: string, list: readonly Json[]): boolean {
    const identifiers = list.every(isIdentifier) ? list : this.listed(field, list);
    if (identifiers === undefined) return false;
    this.identifiers = identifiers;
    this.values = identifiers.map(valueOf);
    return true;
  }

  private listed(field: string, list: readonly Json[]): readonly Identifier[] | undefined {
    const identifiers: Identifier[] = [];
    for (let index = 0; index < list.length; index += 1) {
      const identifier = this.identifier(field, index, list[index] ?? null);
      if (identifier === undefined) return undefined;
      identifiers.push(identifier);
    }
    return identifiers;
  }

  private identifier(field: string, index: number, item: Json): Identifier | undefined {
    const value =
      typeof item === "string" ? this.decoded(`${field}[${String(index)}]`, item) : item;
    if (value === undefined) return undefined;
    const type = isObject(value) ? ownValue(value, "type") : undefined;
    if (!isObject(value) || typeof type !== "string" || type.trim() === "") {
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

/**
 * True only for an object that is an {@link Identifier} as it stands, nothing more in it: it becomes part of
 * the record. Nearly all are that.
 */
function isIdentifier(item: Json): item is JsonObject & Identifier {
  if (!isObject(item)) return false;
  const type = own(item, "type", item["type"], INHERITED["type"]);
  if (typeof type !== "string" || !surelyTrimmed(type)) return false;
  if (own(item, "value", item["value"], INHERITED["value"]) === undefined) return false;
  let names = 0;
  for (const name in item) if (name !== "") names += 1;
  return names === 2;
}
