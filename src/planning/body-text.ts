/** The body of a request, as it is sent: canonical JSON (RFC 8785), each part of it written once. */
import { canonicalJson } from "../core/digest.js";
import type { Json, JsonObject } from "../core/json.js";
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
export function bodyText({ surface, entries, session }: Batch, context: BodyContext): string {
  if (surface === "events")
    return objectText({ data: eventsText(entries), ...fieldTexts(context.request) });
  const payload = payloadText(entries, context, session);
  return session === undefined
    ? objectText({ payload })
    : objectText({ payload, session: canonicalJson(sessionBody(session)) });
}

/** Fields that are written already, by their names. */
function objectText(fields: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

function fieldTexts(object: JsonObject): Readonly<Record<string, string>> {
  const fields = Object.entries(object);
  return Object.fromEntries(fields.map(([name, value]) => [name, canonicalJson(value)]));
}

function eventsText(entries: readonly Entry[]): string {
  const events = entries.filter((entry): entry is EventEntry => entry.surface === "events");
  return `[${events.map(({ text }) => text).join(",")}]`;
}

/** The schema is the union of the records' columns, in the mapping's order, or that of their session. */
function payloadText(
  entries: readonly Entry[],
  { columns, request }: BodyContext,
  session: SessionPlace | undefined,
): string {
  const audience = entries.filter(
    (entry): entry is AudienceEntry => entry.surface === "custom_audiences",
  );
  const used = usedPositions(audience);
  const written = columns
    .map((name, position) => ({ name, position, blank: blankOf(name) }))
    .filter(({ name, position }) => session?.columns.includes(name) ?? used.has(position));
  return objectText({
    data: canonicalJson(rowsOf(audience, written)),
    schema: canonicalJson(written.map(({ name }) => name)),
    ...fieldTexts(request),
  });
}

function usedPositions(entries: readonly AudienceEntry[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { columns } of entries) for (const position of columns) used.add(position);
  return used;
}

/** A column of a request, and what stands in it where a row has no value. */
interface WrittenColumn {
  readonly position: number;
  readonly blank: Json;
}

function rowsOf(
  entries: readonly AudienceEntry[],
  columns: readonly WrittenColumn[],
): readonly Json[] {
  const data: Json[] = [];
  for (const { rows } of entries)
    for (const row of rows) data.push(columns.map(({ position, blank }) => row[position] ?? blank));
  return data;
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
