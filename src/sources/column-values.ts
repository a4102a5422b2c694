/** From the engine's values to JSON without losing a digit. */
import {
  DuckDBArrayType,
  DuckDBArrayValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  DuckDBUnionType,
  DuckDBUnionValue,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import { cleanJson, type Json } from "../core/json.js";
import { exactJson } from "./exact-json.js";
import { floatingNumber, wholeNumber } from "./exact-number.js";
import { timestampText } from "./timestamp-text.js";

/** Converts a value that is not null. */
export type ToJson = (value: DuckDBValue) => Json;

/**
 * The converter of a type; `undefined` for types that JSON has no form for (binary data).
 *
 * Whole numbers beyond 2^53 and decimals become text with every digit, times without a zone RFC
 * 3339 text without one, times with a zone the same in UTC. NaN and the infinities become their
 * names, which no field takes as a number: the row is rejected instead of losing the value.
 */
export function columnConverter(type: DuckDBType): ToJson | undefined {
  if (type.alias === "JSON") return fromJsonText;
  const scalar = SCALARS.get(type.typeId);
  if (scalar !== undefined) return scalar;
  const nested = nestedConverter(type);
  return nested && ((value) => normal(nested(value), value));
}

const asText: ToJson = String;
const asItIs: ToJson = (value) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : String(value);
const wallClock: ToJson = (value) =>
  value instanceof DuckDBTimestampValue
    ? (timestampText(value.micros, "") ?? spaced(value))
    : spaced(value);
const instant: ToJson = (value) =>
  value instanceof DuckDBTimestampTZValue
    ? (timestampText(value.micros, "Z") ?? spaced(value))
    : spaced(value);

const SCALARS: ReadonlyMap<DuckDBTypeId, ToJson> = new Map([
  [DuckDBTypeId.SQLNULL, () => null],
  [DuckDBTypeId.BOOLEAN, asItIs],
  [DuckDBTypeId.TINYINT, asItIs],
  [DuckDBTypeId.SMALLINT, asItIs],
  [DuckDBTypeId.INTEGER, asItIs],
  [DuckDBTypeId.UTINYINT, asItIs],
  [DuckDBTypeId.USMALLINT, asItIs],
  [DuckDBTypeId.UINTEGER, asItIs],
  [DuckDBTypeId.BIGINT, whole],
  [DuckDBTypeId.UBIGINT, whole],
  [DuckDBTypeId.HUGEINT, whole],
  [DuckDBTypeId.UHUGEINT, whole],
  [DuckDBTypeId.BIGNUM, whole],
  [DuckDBTypeId.FLOAT, shortNumber],
  [DuckDBTypeId.DOUBLE, number],
  [DuckDBTypeId.DECIMAL, asText],
  [DuckDBTypeId.VARCHAR, asItIs],
  [DuckDBTypeId.ENUM, asItIs],
  [DuckDBTypeId.UUID, asText],
  [DuckDBTypeId.DATE, asText],
  [DuckDBTypeId.TIME, asText],
  [DuckDBTypeId.TIME_NS, asText],
  [DuckDBTypeId.TIME_TZ, asText],
  [DuckDBTypeId.INTERVAL, asText],
  [DuckDBTypeId.BIT, asText],
  [DuckDBTypeId.TIMESTAMP, wallClock],
  [DuckDBTypeId.TIMESTAMP_S, wallClock],
  [DuckDBTypeId.TIMESTAMP_MS, wallClock],
  [DuckDBTypeId.TIMESTAMP_NS, wallClock],
  [DuckDBTypeId.TIMESTAMP_TZ, instant],
]);

/** JSON text that is not sound (half a surrogate pair, too deep) stays text. */
function fromJsonText(value: DuckDBValue): Json {
  const text = String(value);
  const parsed = exactJson(text);
  return parsed.ok ? parsed.value : text;
}

function whole(value: DuckDBValue): Json {
  return typeof value === "bigint" ? wholeNumber(value) : String(value);
}

function number(value: DuckDBValue): Json {
  return typeof value === "number" ? floatingNumber(value) : String(value);
}

/** A 32-bit number as the shortest decimal that means it: 0.1, not 0.10000000149011612. */
function shortNumber(value: DuckDBValue): Json {
  if (typeof value !== "number" || !Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return number(short);
  }
  return number(Number(value.toPrecision(9)));
}

function spaced(value: DuckDBValue): string {
  return String(value).replace(" ", "T");
}

function normal(json: Json, value: DuckDBValue): Json {
  const cleaned = cleanJson(json);
  return cleaned.ok ? cleaned.value : String(value);
}

function nestedConverter(type: DuckDBType): ToJson | undefined {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType)
    return listConverter(type.valueType);
  if (type instanceof DuckDBStructType) return structConverter(type);
  if (type instanceof DuckDBMapType) return mapConverter(type);
  if (type instanceof DuckDBUnionType) return unionConverter(type);
  return undefined;
}

function listConverter(itemType: DuckDBType): ToJson | undefined {
  const item = columnConverter(itemType);
  return (
    item &&
    ((value) =>
      value instanceof DuckDBListValue || value instanceof DuckDBArrayValue
        ? value.items.map((one) => orNull(one, item))
        : null)
  );
}

function structConverter({ entryNames, entryTypes }: DuckDBStructType): ToJson | undefined {
  const parts = named(entryNames, entryTypes);
  return (
    parts &&
    ((value) =>
      value instanceof DuckDBStructValue
        ? Object.fromEntries(
            parts.map(([name, part]) => [name, orNull(value.entries[name] ?? null, part)]),
          )
        : null)
  );
}

/** Keys become text, as in JSON. */
function mapConverter({ keyType, valueType }: DuckDBMapType): ToJson | undefined {
  const key = columnConverter(keyType);
  const one = columnConverter(valueType);
  if (key === undefined || one === undefined) return undefined;
  return (value) =>
    value instanceof DuckDBMapValue
      ? Object.fromEntries(
          value.entries.map((entry) => [textOfKey(key(entry.key)), orNull(entry.value, one)]),
        )
      : null;
}

function textOfKey(key: Json): string {
  return typeof key === "object" ? JSON.stringify(key) : String(key);
}

function unionConverter({ memberTags, memberTypes }: DuckDBUnionType): ToJson | undefined {
  const parts = named(memberTags, memberTypes);
  if (parts === undefined) return undefined;
  const members = new Map(parts);
  return (value) => {
    const member = value instanceof DuckDBUnionValue ? members.get(value.tag) : undefined;
    return value instanceof DuckDBUnionValue && member !== undefined
      ? orNull(value.value, member)
      : null;
  };
}

function named(
  names: readonly string[],
  types: readonly DuckDBType[],
): readonly (readonly [string, ToJson])[] | undefined {
  const parts = types.flatMap((type, index): readonly (readonly [string, ToJson])[] => {
    const name = names[index];
    const part = columnConverter(type);
    return name === undefined || part === undefined ? [] : [[name, part]];
  });
  return parts.length === types.length ? parts : undefined;
}

function orNull(value: DuckDBValue, convert: ToJson): Json {
  return value === null ? null : convert(value);
}
