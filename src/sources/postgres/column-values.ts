/** From the text of a server's values to JSON without losing a digit. */
import { cleanJson, type Json } from "../../core/json.js";
import { exactJson } from "../exact-json.js";
import { floatingNumber, wholeNumber } from "../exact-number.js";
import { readArrayText, type ArrayText } from "./array-text.js";
import type { ColumnType } from "./column-types.js";

/** Converts the text of a value that is not null. */
export type ToJson = (text: string) => Json;

/**
 * The converter of a type; `undefined` for binary data. A record holds the same for equal values of
 * Postgres, DuckDB and Parquet: booleans, numbers up to 2^53, lists and JSON by their type, all else
 * as the server's own text, times with a `T` and, where they have a zone, in UTC.
 */
export function columnConverter({ oid, element }: ColumnType): ToJson | undefined {
  if (element !== undefined) return listConverter(element);
  return oid === BYTEA ? undefined : (CONVERTERS.get(oid) ?? asItIs);
}

const BYTEA = 17;

const asItIs: ToJson = (text) => text;
const boolean: ToJson = (text) => text === "t";
const floating: ToJson = (text) => floatingNumber(Number(text));
const wallClock: ToJson = (text) => text.replace(" ", "T");
/** The connection's zone is UTC. */
const instant: ToJson = (text) => wallClock(text.replace(/\+00$/, "Z"));

/** By the numbers that the types of a server's core have for ever. */
const CONVERTERS: ReadonlyMap<number, ToJson> = new Map([
  [16, boolean],
  [20, wholeNumber], // int8
  [21, wholeNumber], // int2
  [23, wholeNumber], // int4
  [26, wholeNumber], // oid
  [700, floating], // float4
  [701, floating], // float8
  [114, fromJsonText], // json
  [3802, fromJsonText], // jsonb
  [1114, wallClock], // timestamp
  [1184, instant], // timestamptz
]);

/** JSON that is not sound here (half a surrogate pair, too deep) stays text. */
function fromJsonText(text: string): Json {
  const parsed = exactJson(text);
  return parsed.ok ? parsed.value : text;
}

function listConverter(element: ColumnType): ToJson | undefined {
  const convert = columnConverter(element);
  if (convert === undefined) return undefined;
  const convertAll = (items: ArrayText): readonly Json[] =>
    items.map((item) =>
      item === null ? null : typeof item === "string" ? convert(item) : convertAll(item),
    );
  return (text) => {
    const cleaned = cleanJson(convertAll(readArrayText(text, element.delimiter)));
    return cleaned.ok ? cleaned.value : text;
  };
}
