import type { ErrorClass } from "../generated/errors.js";

/** The surfaces of the destination. */
export type Surface = "custom_audiences" | "events";

/** What an attempt proved, in one word. */
export type EvidenceCode =
  | "meta.rejected"
  | "meta.auth_failed"
  | "meta.permission_denied"
  | "meta.throttled"
  | "meta.transient"
  | "meta.transport"
  | "meta.unreadable";

/** What Meta's answer said, read defensively and redacted; every field may be missing. */
export interface MetaAnswer {
  readonly httpStatus?: number;
  readonly code?: number;
  readonly subcode?: number;
  /** At most 256 characters. */
  readonly message?: string;
  /** Meta's sentence for people, or the start of an unreadable body; at most 4,096 characters. */
  readonly detail?: string;
  readonly fbtraceId?: string;
  readonly requestId?: string;
  /** `events_received` or `num_received`. */
  readonly received?: number;
  /** `num_invalid_entries`. */
  readonly invalid?: number;
  /** `invalid_entry_samples`, their cells replaced by numbers: `#1` to its reason. */
  readonly samples?: Readonly<Record<string, string>>;
  /** How long Meta asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** What one attempt proved; passed on whole, never copied field by field. */
export interface Evidence extends MetaAnswer {
  readonly outcome: Outcome["kind"];
  readonly surface: Surface;
  /** The logical target, or the pixel id. */
  readonly target: string;
  readonly batchFingerprint: string;
  readonly recordCount: number;
  readonly itemCount: number;
  /** Items that Meta acknowledged. */
  readonly confirmed: number;
  /** Items that Meta refused for themselves. */
  readonly rejected: number;
  readonly evidenceCode?: EvidenceCode;
  /** One sentence for people, with the advice that belongs to the error. */
  readonly summary: string;
}

/** What an attempt that did not succeed proved; without a word of it that is nothing. */
export function failureCodeOf({ evidenceCode }: Evidence): EvidenceCode {
  return evidenceCode ?? "meta.unreadable";
}

/**
 * Malformed cells as they were sent, each with Meta's reason, redacted. Lives in memory only, to find
 * the records that they came from.
 */
export type InvalidCells = ReadonlyMap<string, string>;

/** Which items of a refused request are at fault. */
export type Blame =
  /** Positions that Meta names; it may name none, and it may be wrong. */
  | { readonly kind: "some"; readonly positions: readonly number[] }
  /** Every item: Meta counted them all as malformed. */
  | { readonly kind: "all"; readonly cells: InvalidCells };

/** How one request ended. Nothing that failed is called a success. */
export type Outcome =
  | { readonly kind: "succeeded"; readonly evidence: Evidence }
  | {
      readonly kind: "partially_succeeded";
      readonly cells: InvalidCells;
      readonly evidence: Evidence;
    }
  | { readonly kind: "retryable"; readonly class: ErrorClass; readonly evidence: Evidence }
  | {
      readonly kind: "rejected";
      readonly class: ErrorClass;
      readonly blame: Blame;
      readonly evidence: Evidence;
    }
  | { readonly kind: "blocked"; readonly class: ErrorClass; readonly evidence: Evidence }
  | { readonly kind: "unknown"; readonly evidence: Evidence };
