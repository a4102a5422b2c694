import type { Json, JsonObject } from "./json.js";
import type { Result } from "./result.js";

/** An identifier of a record; its value is checked where a mapping uses it. */
export interface Identifier {
  readonly type: string;
  readonly value: Json;
}

interface RecordParts {
  /** Names the record in plans, messages and ledgers; never an identifier value or an e-mail. */
  readonly identity: string;
  /** The identity as it was given; only a mapping reads it (`event_id`). */
  readonly givenIdentity: string;
  readonly key: JsonObject;
  readonly identifiers: readonly Identifier[];
  readonly payload: JsonObject;
}

/** Says that a person belongs in, or leaves, a logical target. */
export interface StateOperation extends RecordParts {
  readonly kind: "state";
  readonly operation: "upsert" | "remove";
  readonly target: string;
}

/** Says that a conversion happened. */
export interface EventImport extends RecordParts {
  readonly kind: "event";
  readonly operation: "import";
  readonly eventName: Json | undefined;
  readonly eventType: Json | undefined;
  readonly occurredAt: Json | undefined;
}

/** One record of the contract. */
export type ContractRecord = StateOperation | EventImport;

/** A record that this run does not send, with its reason. Never holds the value at fault. */
export interface Rejection {
  readonly identity: string;
  readonly code: RejectionCode;
  /** The field at fault: a path in the record (`identifiers[2].value`) or in the request (`user_data.em`). */
  readonly field: string;
  readonly message: string;
}

/**
 * Why records are rejected; a closed set, the same in code, reports and documentation.
 *
 * @example
 * const counts = new Map(REJECTION_CODES.map((code) => [code, 0]));
 * await meta.deliver([{ ...order, identifiers: [] }], {
 *   onRejection: ({ code }) => void counts.set(code, (counts.get(code) ?? 0) + 1),
 * });
 * console.log(counts.get("missing")); // => 1
 */
export const REJECTION_CODES = [
  "invalid_record",
  "missing_identity",
  "missing_target",
  "invalid_identifier",
  "invalid_value",
  "invalid_time",
  "time_without_zone",
  "too_old",
  "missing",
  "no_route",
  "too_many_rows",
  "too_large",
  "personal_data",
  "spec_violation",
  "target_unavailable",
  "too_weak",
  "repeated_identity",
  "refused",
] as const;

/** One of {@link REJECTION_CODES}. */
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** What reading a record gave. */
export type DecodedRecord = Result<ContractRecord, Rejection>;
