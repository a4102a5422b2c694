import type { Outcome } from "../core/outcome.js";
import type { Batch } from "../planning/batch.js";
import type { Planned } from "../planning/planner.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetFailure, TargetStatus } from "../planning/target.js";
import type { CarriedBatch, SettledState } from "../store/ledger.js";
import type { AudienceDifference } from "../store/members.js";
import type { NewReject } from "../store/rejects.js";

/** What a mirror finds out before it sends anything. */
export type Compared =
  /** Records that are wanted in some audience; of `settled` it was told otherwise what they are. */
  | { readonly kind: "staged"; readonly records: number; readonly settled: readonly StagedRecord[] }
  /** An audience, and what is to be changed in it. */
  | { readonly kind: "compared"; readonly audience: AudienceDifference }
  /** What the user said of an audience that is none of this run; perhaps another one was meant. */
  | { readonly kind: "misnamed"; readonly target: string; readonly near: string | undefined }
  /** An audience that cannot be compared; its records stay as they are. */
  | { readonly kind: "unreached"; readonly target: string; readonly failure: TargetFailure }
  /** An audience that nobody is wanted in and that does not exist any more. */
  | { readonly kind: "missing"; readonly target: string; readonly audienceId: string }
  /** An audience in which too much would be removed; nothing of it is sent. */
  | { readonly kind: "guarded"; readonly target: string; readonly because: string };

/** A record that is wanted in an audience. */
export interface StagedRecord {
  readonly target: string;
  readonly identity: string;
}

/** What became of records, in the order in which it became known. */
export type Delivered =
  | Exclude<Planned, { readonly kind: "request" }>
  | Compared
  /** A target that was resolved, and to which nothing may be sent all the same. */
  | { readonly kind: "barred"; readonly target: string; readonly failure: TargetFailure }
  /** A request is to be sent; what becomes of its records follows. */
  | { readonly kind: "planned"; readonly request: RequestPlan }
  /** A part of a planned request, sent in its place. */
  | { readonly kind: "part"; readonly request: RequestPlan }
  /** One exchange with Meta. */
  | ({ readonly kind: "attempt" } & Attempt)
  /** A request came to its end. */
  | {
      readonly kind: "settled";
      readonly request: RequestPlan;
      readonly state: Exclude<SettledState, "split">;
      readonly outcome: Outcome;
      readonly rejects: readonly NewReject[];
      /** Rows that Meta counted as malformed without naming them. */
      readonly unnamed: number;
    }
  /** Its records go on in parts. */
  | { readonly kind: "split"; readonly request: RequestPlan }
  /** A request that is not to be sent: an earlier run's counts for it. */
  | { readonly kind: "carried"; readonly batch: CarriedBatch }
  /** A request that was not to be sent for that reason, which turned out not to hold. */
  | {
      readonly kind: "taken_back";
      readonly batch: CarriedBatch;
      readonly targetStatus: TargetStatus;
    }
  /** Packed when the run stopped, and so never planned. */
  | { readonly kind: "left"; readonly batch: Batch }
  /** Never sent: its lane or the run had stopped. */
  | {
      readonly kind: "not_sent";
      readonly request: RequestPlan;
      readonly identities: readonly string[];
      /** False of what is left of a request that went on in parts. */
      readonly whole: boolean;
      readonly because: string;
    }
  /** Events that grew too old while they waited, or too old to be repeated safely: by identity. */
  | {
      readonly kind: "expired";
      readonly request: RequestPlan;
      readonly tooOld: readonly string[];
      readonly inDoubt: readonly string[];
    }
  /** The run stopped here; what the source holds beyond was not planned. */
  | { readonly kind: "stopped"; readonly stop: RunStop };

/** One exchange with Meta about records. */
export interface Attempt {
  readonly request: RequestPlan;
  readonly batchId: string;
  /** From 1. */
  readonly attempt: number;
  /** Milliseconds since the epoch, as everywhere. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: Outcome;
}

/** Why a run stopped. */
export interface RunStop {
  readonly because: string;
  readonly kind: "blocked" | "failed" | "interrupted";
}

/**
 * Why a request may not leave yet: a limit is used up, or nearly used up (`paced`); its last attempt failed;
 * or one that was never answered may still arrive.
 */
export type WaitReason = "throttled" | "paced" | "retry" | "lost_answer";

/** What a run waits for; told when it starts to wait. */
export interface Waiting {
  readonly target: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly because: WaitReason;
}
