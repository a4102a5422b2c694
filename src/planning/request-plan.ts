import { canonicalJson, sha256 } from "../core/digest.js";
import type { Json, JsonObject } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import { OPERATIONS } from "../generated/constants.js";
import { COLUMNS } from "../generated/fields.js";
import type { AudienceEntry, Entry, EventEntry } from "../surfaces/entry.js";
import type { Batch } from "./batch.js";
import type { SessionPlace } from "./session-place.js";
import type { Destination, TargetStatus } from "./target.js";

/**
 * One HTTP request without auth: no token, no header, no origin. The same records, configuration
 * and clock give the same plan, byte for byte.
 */
export interface RequestPlan {
  /** Emission order, from 0. */
  readonly index: number;
  readonly surface: Surface;
  readonly operation: Batch["operation"];
  /** Of a replace. */
  readonly session?: SessionPlace;
  /** Of additions that are sent once more, behind removals that may undo them. */
  readonly isPreliminary?: boolean;
  /** The logical target, or the pixel id. */
  readonly target: string;
  readonly targetStatus: TargetStatus;
  readonly method: "POST" | "DELETE";
  /** With the API version; `{custom_audience_id}` stands where a target is not resolved. */
  readonly path: string;
  readonly body: JsonObject;
  /** The body as it is sent: its canonical JSON (RFC 8785). */
  readonly bodyText: string;
  /** One per record. */
  readonly recordIdentities: readonly string[];
  readonly recordCount: number;
  /** Rows per record; 1 each for events. */
  readonly itemCounts: readonly number[];
  /** SHA-256 of the canonical JSON of method, path, body and record identities. */
  readonly fingerprint: string;
}

/** What all requests of a run share. */
export interface RequestContext {
  readonly apiVersion: string;
  /** What stands in the body around the entries. */
  readonly request: JsonObject;
  /** The columns of the mapping, in its order; empty for events. */
  readonly columns: readonly string[];
}

/** Makes the plan of a batch. */
export function planRequest(
  batch: Batch,
  index: number,
  destination: Destination,
  context: RequestContext,
): RequestPlan {
  const { surface, operation, target, entries, session } = batch;
  const { method, path: template } = OPERATIONS[OPERATION_IDS[operation]];
  const path = `/${context.apiVersion}${fill(template, destination.id)}`;
  const body =
    surface === "events" ? eventsBody(entries, context) : usersBody(entries, context, session);
  const bodyText = canonicalJson(body);
  const recordIdentities = entries.map(({ identity }) => identity);
  return {
    index,
    surface,
    operation,
    ...(session === undefined ? {} : { session }),
    target,
    targetStatus: destination.status,
    method,
    path,
    body,
    bodyText,
    recordIdentities,
    recordCount: entries.length,
    itemCounts: entries.map(({ items }) => items),
    fingerprint: fingerprint(method, path, bodyText, recordIdentities),
  };
}

/** Of the canonical JSON of them all, in which the body stands as it is sent: it is written once. */
function fingerprint(
  method: string,
  path: string,
  bodyText: string,
  recordIdentities: readonly string[],
): string {
  const [m, p, r] = [method, path, recordIdentities].map((part) => JSON.stringify(part));
  return sha256(`{"body":${bodyText},"method":${m},"path":${p},"record_identities":${r}}`);
}

const OPERATION_IDS = {
  import: "sendEvents",
  upsert: "addUsers",
  remove: "removeUsers",
  replace: "replaceUsers",
} as const;

/** The path with the names of its ids: `/v25.0/{custom_audience_id}/users`. */
export function urlTemplate({ path, operation }: RequestPlan): string {
  const version = path.slice(0, path.indexOf("/", 1));
  return `${version}${OPERATIONS[OPERATION_IDS[operation]].path}`;
}

function fill(template: string, id: string | undefined): string {
  return id === undefined ? template : template.replace(/\{[a-z_]+\}/, encodeURIComponent(id));
}

function eventsBody(entries: readonly Entry[], { request }: RequestContext): JsonObject {
  const events = entries.filter((entry): entry is EventEntry => entry.surface === "events");
  return { data: events.map(({ event }) => event), ...request };
}

/** The schema is the union of the records' columns, in the mapping's order, or that of their session. */
function usersBody(
  entries: readonly Entry[],
  context: RequestContext,
  session: SessionPlace | undefined,
): JsonObject {
  const audience = entries.filter(
    (entry): entry is AudienceEntry => entry.surface === "custom_audiences",
  );
  const used = new Set(audience.flatMap(({ columns }) => columns));
  const columns = context.columns
    .map((name, position) => ({ name, position, blank: blankOf(name) }))
    .filter(({ name, position }) => session?.columns.includes(name) ?? used.has(position));
  const schema = columns.map(({ name }) => name);
  const data = audience.flatMap(({ rows }) =>
    rows.map((row) => columns.map(({ position, blank }) => row[position] ?? blank)),
  );
  const payload = { data, schema, ...context.request };
  return session === undefined ? { payload } : { payload, session: sessionBody(session) };
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
