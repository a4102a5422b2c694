/** A sync file: what to read, what its rows mean, and where they go. */
import type { Place } from "../core/diagnostic.js";
import type { Json } from "../core/json.js";
import type { Surface } from "../core/outcome.js";
import type { BindingDeclaration } from "./binding-declaration.js";
import type { SecretRef } from "./secret-ref.js";
import type { StoreReference } from "./store-reference.js";

/** A column of the source, by its exact name. */
export interface ColumnRef {
  readonly name: string;
  readonly place: Place;
}

/** Where a value comes from: the first column that is not blank, every one that is not, or no column. */
export type ColumnExpression =
  | { readonly kind: "first"; readonly columns: readonly ColumnRef[] }
  | { readonly kind: "all"; readonly columns: readonly ColumnRef[] }
  | { readonly kind: "constant"; readonly value: Json };

/** When an event happened. */
export type OccurredAt =
  /** Times that carry their zone. */
  | { readonly kind: "instant"; readonly from: ColumnExpression }
  /** Wall-clock times of an IANA zone. */
  | { readonly kind: "zoned"; readonly from: ColumnExpression; readonly zone: string }
  /** Numbers since 1970. */
  | { readonly kind: "epoch"; readonly from: ColumnExpression; readonly unit: "s" | "ms" };

interface DeclarationParts {
  /** Key part to column. */
  readonly key: ReadonlyMap<string, ColumnExpression>;
  /** Identifier type to column. */
  readonly identifiers: ReadonlyMap<string, ColumnExpression>;
  /** Where each identifier type is written. */
  readonly identifierPlaces: ReadonlyMap<string, Place>;
  /** Payload field to column. */
  readonly payload: ReadonlyMap<string, ColumnExpression>;
}

/** How an audience comes to hold who should be there. */
export type MirrorMode =
  /** Nobody is removed. */
  | "add"
  /** What differs is removed and added. */
  | "mirror"
  /** As soon as anything differs, everybody is sent to take the place of whoever is there. */
  | "replace";

/** What the rows of a State stand for. */
export type StateOperations =
  /** Each says what to do, by a column with `upsert` or `remove`, and is sent in its order. */
  | { readonly kind: "listed"; readonly column: ColumnRef }
  /** All of them are who should be there, and what differs is sent. */
  | {
      readonly kind: "mirrored";
      readonly mode: MirrorMode;
      /** How much of an audience a run may remove, in percent; `undefined` for all of it. */
      readonly guardPercent: number | undefined;
      /** After how long somebody is sent again who has not changed; never when missing. */
      readonly refreshAfterSeconds: number | undefined;
    };

/** Rows say who should be in an audience. */
export interface StateDeclaration extends DeclarationParts {
  readonly kind: "state";
  readonly target: ColumnExpression;
  readonly operations: StateOperations;
}

/** Rows say what happened. */
export interface EventDeclaration extends DeclarationParts {
  readonly kind: "event";
  readonly eventName: ColumnExpression;
  readonly occurredAt: OccurredAt;
  /** Narrows Meta's own age limit. */
  readonly maxAgeSeconds: number | undefined;
  readonly onDoubt: DoubtPolicy;
}

/** What the rows of a source mean. */
export type Declaration = StateDeclaration | EventDeclaration;

/** What to read. `place` is where a message about it points: the pattern, or the SQL. */
export type SourceDeclaration =
  /** `pattern` is absolute and may be a glob. */
  | { readonly kind: "file"; readonly pattern: string; readonly place: Place }
  /** `database` is an absolute path, or `:memory:`. */
  | {
      readonly kind: "duckdb";
      readonly database: string;
      readonly sql: string;
      readonly place: Place;
    }
  /** `url` is resolved when the source is opened. */
  | {
      readonly kind: "postgres";
      readonly url: SecretRef;
      readonly sql: string;
      readonly statementTimeoutSeconds: number;
      readonly place: Place;
    };

/** What to do with an event that was never answered and that Meta might count twice by now. */
export const DOUBT_POLICIES = ["hold", "resend"] as const;

/** One of {@link DOUBT_POLICIES}. */
export type DoubtPolicy = (typeof DOUBT_POLICIES)[number];

/** A sync. */
export interface SyncFile {
  readonly name: string;
  readonly source: SourceDeclaration;
  readonly declaration: Declaration;
  readonly binding: BindingDeclaration;
  /** Its store; `undefined` when it names none. */
  readonly store: StoreReference | undefined;
}

/** The surface that takes what a declaration says. */
export function surfaceOf({ kind }: Declaration): Surface {
  return kind === "state" ? "custom_audiences" : "events";
}
