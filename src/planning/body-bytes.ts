/** The body of a request, as it is sent: canonical JSON (RFC 8785), each part of it written once. */
import { canonicalJson } from "../core/digest.js";
import type { Json, JsonObject } from "../core/json.js";
import { joined, writtenText, type Written } from "../core/written.js";
import { COLUMNS } from "../generated/fields.js";
import type { AudienceEntry, Entry, EventEntry } from "../surfaces/entry.js";
import type { Batch } from "./batch.js";
import type { SessionPlace } from "./session-place.js";

/** What stands in a body beside the entries. */
export interface BodyContext {
  /** What stands around the entries. */
  readonly request: JsonObject;
  /** The columns of the mapping, in its order; empty for events. */
  readonly columns: readonly string[];
}

/** Writes the body of a batch. */
export function bodyBytes({ surface, entries, session }: Batch, context: BodyContext): Buffer {
  if (surface === "events")
    return joined(
      ...around(fieldTexts(context.request)),
      events(entries).map(({ json }) => json),
    );
  const audience = entries.filter(
    (entry): entry is AudienceEntry => entry.surface === "custom_audiences",
  );
  const columns = writtenColumns(audience, context, session);
  const schema = canonicalJson(columns.map(({ name }) => name));
  const [before, behind] = around({ schema, ...fieldTexts(context.request) });
  const end = session === undefined ? "" : `,"session":${canonicalJson(sessionBody(session))}`;
  return joined(`{"payload":${before}`, `${behind}${end}}`, rowPieces(audience, columns));
}

/** An object with a list as its `data`: what stands before the items, and what behind them. */
function around(fields: Readonly<Record<string, string>>): readonly [string, string] {
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  const text = (name: string, value: string) => `${JSON.stringify(name)}:${value}`;
  const before = sorted.flatMap(([name, value]) =>
    name < "data" ? [`${text(name, value)},`] : [],
  );
  const behind = sorted.flatMap(([name, value]) =>
    name > "data" ? [`,${text(name, value)}`] : [],
  );
  return [`{${before.join("")}"data":[`, `]${behind.join("")}}`];
}

function fieldTexts(object: JsonObject): Readonly<Record<string, string>> {
  const fields = Object.entries(object);
  return Object.fromEntries(fields.map(([name, value]) => [name, canonicalJson(value)]));
}

function events(entries: readonly Entry[]): readonly EventEntry[] {
  return entries.filter((entry): entry is EventEntry => entry.surface === "events");
}

/** A column of a request, and what stands in it where a row has no value. */
interface WrittenColumn {
  readonly name: string;
  readonly position: number;
  readonly blank: Json;
}

/** The schema is the union of the records' columns, in the mapping's order, or that of their session. */
function writtenColumns(
  entries: readonly AudienceEntry[],
  { columns }: BodyContext,
  session: SessionPlace | undefined,
): readonly WrittenColumn[] {
  const used = usedPositions(entries);
  return columns
    .map((name, position) => ({ name, position, blank: blankOf(name) }))
    .filter(({ name, position }) => session?.columns.includes(name) ?? used.has(position));
}

function usedPositions(entries: readonly AudienceEntry[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { columns } of entries) for (const position of columns) used.add(position);
  return used;
}

/** Rows that are written with just these columns stand as they are; others are written here. */
function rowPieces(
  entries: readonly AudienceEntry[],
  columns: readonly WrittenColumn[],
): readonly Written[] {
  const pieces: Written[] = [];
  let open: AudienceEntry[] = [];
  const close = (): void => {
    if (open.length > 0) pieces.push(rowsOf(open, columns));
    open = [];
  };
  let known: readonly number[] | undefined;
  for (const entry of entries) {
    // Nearly all rows of a run share one list of columns.
    if (entry.columns !== known && areJust(entry.columns, columns)) known = entry.columns;
    if (entry.json === undefined || entry.columns !== known) open.push(entry);
    else {
      close();
      pieces.push(entry.json);
    }
  }
  close();
  return pieces;
}

function areJust(positions: readonly number[], columns: readonly WrittenColumn[]): boolean {
  return (
    positions.length === columns.length &&
    positions.every((position, index) => position === columns[index]?.position)
  );
}

function rowsOf(entries: readonly AudienceEntry[], columns: readonly WrittenColumn[]): Written {
  const data: Json[] = [];
  for (const { rows } of entries)
    for (const row of rows) data.push(columns.map(({ position, blank }) => row[position] ?? blank));
  return writtenText(canonicalJson(data).slice(1, -1));
}

function sessionBody({ sessionId, sequence, isLast, rows }: SessionPlace): JsonObject {
  return {
    session_id: sessionId,
    batch_seq: sequence,
    last_batch_flag: isLast,
    estimated_num_total: rows,
  };
}

/** The mapping's compiler lets no other names through. */
function blankOf(name: string): Json {
  const column = COLUMNS[name];
  if (column === undefined) throw new TypeError(`the spec has no audience column ${name}`);
  return column.blank;
}
