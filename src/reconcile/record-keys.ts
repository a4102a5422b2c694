/** By which keys the person of a record is known, on whichever surface: as the store's digests. */
import { isJsonArray, isJsonObject, type Json } from "../core/json.js";
import { COLUMNS, EVENT } from "../generated/fields.js";
import { givenDigest } from "../normalize/given-digest.js";
import { hashOrKeep } from "../normalize/hash-or-keep.js";
import type { AudienceEntry, Entry, EventEntry } from "../surfaces/entry.js";
import { eventOf } from "../surfaces/event-entry.js";
import { roleOf, type Cell } from "./cells.js";
import { keyDigest, type Digest, type RowForms } from "./wanted-member.js";

/** The keys of everything in an entry that finds a person alone. */
export function recordKeys(entry: Entry, { columns, digest }: RowForms): readonly string[] {
  const cells = entry.surface === "events" ? eventCells(entry) : keyCells(entry, columns);
  return cells.map((cell) => keyDigest(cell, digest));
}

/** The cells of an entry that find its person alone. */
export function keyCells({ rows }: AudienceEntry, columns: readonly string[]): readonly Cell[] {
  return rows.flatMap((row) =>
    columns.flatMap((column, position): readonly Cell[] => {
      const value = row[position];
      return value === undefined || roleOf(column) !== "key" ? [] : [[column, value]];
    }),
  );
}

/**
 * The keys by which a cell is suppressed. Of what Meta takes plain or hashed it is both, since the next
 * record may have the other one.
 */
export function suppressedKeys([column, value]: Cell, digest: Digest): readonly string[] {
  const hashed = typeof value === "string" ? hashOrKeep(value) : undefined;
  const isEither = COLUMNS[column]?.field.hash === "optional";
  const forms =
    isEither && typeof hashed === "string" && hashed !== value ? [value, hashed] : [value];
  return forms.map((form) => keyDigest([column, form], digest));
}

/** What of an event would stand in a key cell, if it were a row of an audience. */
function eventCells(entry: EventEntry): readonly Cell[] {
  const { user_data: said } = eventOf(entry);
  if (said === undefined || !isJsonObject(said)) return [];
  return KEY_FIELDS.flatMap(([field, column]) =>
    listOf(said[field]).map((value): Cell => [column, withoutSuffix(value)]),
  );
}

/** Fields of customer information and key columns are one where they have a name in common. */
const KEY_FIELDS: readonly (readonly [field: string, column: string])[] =
  fieldsOfUserData().flatMap(([field, { names }]) =>
    Object.entries(COLUMNS)
      .filter(([, { role, field: of }]) => role === "key" && of.names.some(isIn(names)))
      .map(([column]) => [field, column] as const),
  );

function fieldsOfUserData() {
  const said = EVENT.fields["user_data"];
  return said?.kind === "object" ? Object.entries(said.fields) : [];
}

function isIn(names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name);
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isJsonArray(value) ? value : [value];
}

const DIGEST_LENGTH = 64;

/** A digest is the same with the suffix that Meta's parameter builder appends. */
function withoutSuffix(value: Json): Json {
  if (typeof value !== "string" || givenDigest(value) === undefined) return value;
  return value.slice(0, DIGEST_LENGTH);
}
