import type { Json } from "../core/json.js";
import type { Rejection } from "../core/record.js";
import type { Written } from "../core/written.js";

/** One event, for one pixel. */
export interface EventEntry {
  readonly surface: "events";
  readonly identity: string;
  readonly operation: "import";
  /** The pixel id. */
  readonly target: string;
  /** What counts towards the limit of a request. */
  readonly items: 1;
  /** The event in canonical JSON, as it is sent: what is written once need not be held in parts. */
  readonly json: Written;
  readonly head: EventHead;
}

/** The fields of an event by which it is known again, and by which it is judged how long it may be sent. */
export type EventHead = Readonly<
  Partial<Record<"event_name" | "event_id" | "event_time" | "action_source", Json | undefined>>
>;

/** The rows of one record, for one logical target. */
export interface AudienceEntry {
  readonly surface: "custom_audiences";
  readonly identity: string;
  readonly operation: "upsert" | "remove";
  /** The logical target. */
  readonly target: string;
  /**
   * Who it is, whatever the target: the key in canonical JSON, which may hold an identifier; only where
   * a mirror compares people, by its digest.
   */
  readonly member: string | undefined;
  /** What counts towards the limit of a request: its rows. */
  readonly items: number;
  /** Which columns of the mapping, by position, have a value in any row. */
  readonly columns: readonly number[];
  /** Its one row in JSON with just these columns, where that is written already. */
  readonly json?: Written;
  /** Cells by column position; `undefined` is blank. */
  readonly rows: readonly (readonly (Json | undefined)[])[];
}

/** What one record becomes. */
export type Entry = EventEntry | AudienceEntry;

/** What rendering made of a record: exactly one of these. */
export type Rendering =
  | EntryRendering
  | Rejected
  /** `only_if` said no. */
  | { readonly kind: "withheld"; readonly identity: string }
  | History
  | TooLate;

/** A record that can be sent. */
export interface EntryRendering<E extends Entry = Entry> {
  readonly kind: "entry";
  readonly entry: E;
}

/** A record that is not sent, with its reason. */
export interface Rejected {
  readonly kind: "rejection";
  readonly rejection: Rejection;
  /** The logical target, or the pixel id, if it came to one. */
  readonly target?: string;
}

/** An event that is not sent any more; `otherwise` is what it is if it never was. */
export interface TooLate {
  readonly kind: "too_late";
  readonly entry: EventEntry;
  readonly otherwise: Rejected | History;
}

/** An event that it was too late to send before its sync began, or that lies behind its horizon. */
export interface History {
  readonly kind: "history";
  readonly identity: string;
}

/** Renders one row of a batch. */
export type Renderer<B> = (batch: B, index: number) => Rendering;
