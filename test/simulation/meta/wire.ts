/** Reads what goes over the wire, as Meta does. */
import {
  isJsonArray,
  isJsonObject,
  ownValue,
  parseJson,
  type Json,
  type JsonObject,
} from "../../../src/core/json.js";
import { besides, identifiersOf } from "../../../src/emulator/world/identifiers.js";
import type { RenderedRequest } from "../../../src/graph/client.js";

/** An event in a request. */
export interface WireEvent {
  /** `<name> <id>`: what Meta tells events of a pixel apart by. */
  readonly key: string;
  readonly actionSource: string;
  /** Unix seconds. */
  readonly time: number;
  readonly corrected: boolean;
}

/** A row in a request. */
export interface WireRow {
  /** `EMAIL=<digest>` and the like. */
  readonly keys: readonly string[];
  /** What stands beside them and finds nobody: `LOOKALIKE_VALUE=7` and the like. */
  readonly beside: readonly string[];
  readonly corrected: boolean;
}

/** The place of a request in the session of a replace. */
export interface WireSession {
  readonly id: string;
  /** From 1. */
  readonly sequence: number;
  readonly isLast: boolean;
}

/** A request that carries records. */
export type WireRequest =
  | { readonly kind: "events"; readonly id: string; readonly items: readonly WireEvent[] }
  | {
      readonly kind: "users";
      readonly id: string;
      readonly operation: "upsert" | "remove" | "replace";
      /** Of a replace. */
      readonly session: WireSession | undefined;
      readonly items: readonly WireRow[];
    };

/** Reads a request. */
export function readRequest({ method, path, body }: RenderedRequest): WireRequest {
  const parsed = parseJson(Buffer.from(body).toString());
  const root = parsed.ok ? parsed.value : null;
  const [, , id = "", edge] = path.split("/");
  if (edge === "events") return { kind: "events", id, items: listAt(root, "data").map(readEvent) };
  const payload = objectOf(root)["payload"];
  const schema = listAt(payload, "schema");
  const items = listAt(payload, "data").map((row) => readRow(schema, row));
  const session = edge === "usersreplace" ? readSession(objectOf(root)["session"]) : undefined;
  const added = session === undefined ? "upsert" : "replace";
  return { kind: "users", id, operation: method === "POST" ? added : "remove", session, items };
}

/** What a request is about, item by item; the same item gives the same text. */
export function itemTexts(request: WireRequest): readonly string[] {
  return request.kind === "events"
    ? request.items.map(({ key }) => key)
    : request.items.map(({ keys }) => `${request.operation} ${keys.join(" ")}`);
}

function readSession(value: Json | undefined): WireSession {
  const session = objectOf(value);
  return {
    id: JSON.stringify(session["session_id"]),
    sequence: Number(session["batch_seq"]),
    isLast: session["last_batch_flag"] === true,
  };
}

function readEvent(value: Json): WireEvent {
  const event = objectOf(value);
  return {
    key: `${textAt(event, "event_name")} ${textAt(event, "event_id")}`,
    actionSource: textAt(event, "action_source"),
    time: Number(event["event_time"]),
    corrected: ownValue(objectOf(event["custom_data"]), "corrected") !== undefined,
  };
}

function readRow(schema: readonly Json[], row: Json): WireRow {
  const values = isJsonArray(row) ? row : [];
  const cells = new Map<string, Json>();
  for (const [position, name] of schema.entries()) {
    const value = values[position] ?? "";
    if (typeof name === "string" && value !== "") cells.set(name, value);
  }
  return { keys: identifiersOf(cells), beside: besides(cells), corrected: cells.has("COUNTRY") };
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listAt(value: Json | undefined, name: string): readonly Json[] {
  const list = ownValue(objectOf(value), name);
  return isJsonArray(list) ? list : [];
}

function textAt(object: JsonObject, name: string): string {
  const value = ownValue(object, name);
  return typeof value === "string" ? value : "";
}
