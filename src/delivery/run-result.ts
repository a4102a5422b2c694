/** What a run did, counted as it happened. */
import type { MirrorMode } from "../config/sync-file.js";
import type { FailureCode } from "../core/catalogue/catalogue.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Evidence, Surface } from "../core/outcome.js";
import type { Rejection } from "../core/record.js";
import type { Tally } from "../mapping/scope.js";
import type { TargetStatus } from "../planning/target.js";
import type { LedgerOperation } from "../store/ledger.js";
import type { MemberCounts, RowCounts } from "../store/members.js";
import type { ReroutedEvents } from "./rerouted-events.js";

/** How a run ended. Nothing that failed is called a success. */
export type RunStatus = "succeeded" | "partially_succeeded" | "failed" | "blocked" | "interrupted";

/** Where records ended up; the counts sum to the records that were read. */
export interface RecordCounts {
  read: number;
  /** Planned by a dry run, which sends nothing. */
  planned: number;
  acknowledged: number;
  /** Sent, and the answer was lost: Meta may hold them. */
  unknown: number;
  /** Surely not applied by Meta. */
  failed: number;
  /** Not sent: the target could not be resolved, or the lane or the run had stopped. */
  notSent: number;
  /** Refused for themselves, by this package or by Meta, in this run or before. */
  rejected: number;
  withheld: number;
  /** Acknowledged in an earlier run, and so not sent again. */
  delivered: number;
  /** As Meta has it by what the store knows, and so not sent. */
  unchanged: number;
  /** Equal to an earlier record of this run. */
  repeated: number;
  /** Given up by an operator. */
  skipped: number;
  /** About people who were erased (`forget`). */
  suppressed: number;
  /** Events of an earlier run that were never answered, and that Meta might count twice by now. */
  inDoubt: number;
  /** Events that were too old when their sync first ran, or are as old as those it has forgotten. */
  history: number;
}

/** What became of requests; a planned one, or each part that it was split into, ends as one of these. */
export interface RequestCounts {
  /** To be sent, and the parts of those that were split. */
  planned: number;
  acknowledged: number;
  /** Refused or given up; surely not applied. */
  failed: number;
  unknown: number;
  notSent: number;
  /** Went on in parts. */
  split: number;
  /** Acknowledged or skipped in an earlier run, and so not sent again. */
  carried: number;
  /** Exchanges with Meta that carried records, repeats among them. */
  attempts: number;
}

/** What went to one target by one operation. */
export interface TargetCounts {
  readonly target: string;
  readonly operation: LedgerOperation;
  status: TargetStatus | "failed" | "not_sent";
  requests: number;
  records: number;
  items: number;
  acknowledgedItems: number;
  /** Items that Meta counted invalid. */
  invalidItems: number;
}

/** What a mirror found of one audience. */
export interface MirroredAudience {
  readonly target: string;
  /** Missing while it is to be created. */
  readonly audienceId: string | undefined;
  /** Why nothing of it was sent: its removal guard. */
  guarded: string | undefined;
  readonly members: MemberCounts;
  readonly rows: RowCounts;
  replace: ReplaceProgress;
}

/** How far it is with replacing everybody. */
export type ReplaceProgress =
  /** What differs is sent. */
  | "none"
  /** Nothing was sent. */
  | "planned"
  /** Begun, and not every request of it acknowledged. */
  | "broken"
  | "done";

/** What a mirror did beyond the records of its source. */
export interface MirrorResult {
  readonly mode: MirrorMode;
  readonly audiences: MirroredAudience[];
  /** Those that nobody is wanted in and that Meta does not know any more. */
  readonly missing: string[];
  /** Those to which nothing can be sent: whoever is to leave them may be in them still. */
  readonly unreached: string[];
  /** Names for which removals were allowed and that no audience has, with one that is like them. */
  readonly misnamed: { readonly target: string; readonly near: string | undefined }[];
  /** Rows that were to be removed and may still be at Meta. */
  openRemovals: number;
  /** Rows that were to be added and may not be at Meta, whatever their records are counted as. */
  openAdditions: number;
  /** Acknowledged, of replaces that broke off: they have changed nothing. */
  requestsWithoutEffect: number;
}

/** The result of a run. */
export interface RunResult {
  readonly surface: Surface;
  readonly dryRun: boolean;
  status: RunStatus;
  readonly records: RecordCounts;
  readonly requests: RequestCounts;
  readonly targets: TargetCounts[];
  /** Of a run that compares its source with what Meta has. */
  mirror: MirrorResult | undefined;
  /** By code. */
  readonly rejections: Map<string, number>;
  /** By code and field, each with its first rejection as an example. */
  readonly rejectionCauses: RejectionCause[];
  /** Of the rejected records, those that an earlier run rejected for the same reason. */
  standingRejections: number;
  /** Of the records in doubt, those that were not yet in the run before. */
  newlyInDoubt: number;
  /** Records that changed after Meta had them; Meta keeps the first. */
  changedSinceDelivery: number;
  /** Events that were not sent, because another pixel has them than the one they would go to. */
  readonly rerouted: ReroutedEvents[];
  /** Rows that Meta counted as malformed without naming them. */
  unnamedInvalidItems: number;
  /** What went wrong with requests: the first of each kind. */
  readonly failures: Failure[];
  readonly tally: Tally;
  /** Why the run stopped early, if it did. */
  stopped: string | undefined;
  /** What broke off in the source, if it did; what was sent or rejected by then is counted. */
  sourceProblem: Diagnostic | undefined;
}

/** Rejections for the same reason at the same field. */
export interface RejectionCause {
  readonly example: Rejection;
  count: number;
}

/** One kind of failure. */
export interface Failure {
  readonly target: string;
  /** What `explain` takes; docs/errors.md has its cause and remedy. */
  readonly code: FailureCode;
  readonly summary: string;
  readonly evidence: Evidence | undefined;
  count: number;
}

/** A result in which nothing has happened yet. */
export function newRunResult(surface: Surface, dryRun: boolean, tally: Tally): RunResult {
  return {
    surface,
    dryRun,
    status: "succeeded",
    records: {
      read: 0,
      planned: 0,
      acknowledged: 0,
      unknown: 0,
      failed: 0,
      notSent: 0,
      rejected: 0,
      withheld: 0,
      delivered: 0,
      unchanged: 0,
      repeated: 0,
      skipped: 0,
      suppressed: 0,
      inDoubt: 0,
      history: 0,
    },
    requests: {
      planned: 0,
      acknowledged: 0,
      failed: 0,
      unknown: 0,
      notSent: 0,
      split: 0,
      carried: 0,
      attempts: 0,
    },
    targets: [],
    mirror: undefined,
    rejections: new Map(),
    rejectionCauses: [],
    standingRejections: 0,
    newlyInDoubt: 0,
    changedSinceDelivery: 0,
    rerouted: [],
    unnamedInvalidItems: 0,
    failures: [],
    tally,
    stopped: undefined,
    sourceProblem: undefined,
  };
}
