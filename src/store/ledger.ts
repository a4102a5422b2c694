import type { Evidence, Surface } from "../core/outcome.js";
import type { PlaceRange } from "./members.js";
import type { NewReject } from "./rejects.js";

/** Where the request of a batch can stand. */
export const LEDGER_STATES = [
  /** Written down, and surely not sent. */
  "pending",
  /** May be at Meta from now on. */
  "sending",
  "succeeded",
  /** Meta took it, less some items that it named or counted. */
  "partially_succeeded",
  /** Meta refused its content; its items are rejects. */
  "rejected",
  /** Surely not applied, and given up for this run. */
  "failed",
  /** May have been applied. */
  "unknown",
  /** Its items went on in smaller requests. */
  "split",
  /** An operator decided that it is not to be sent. */
  "skipped",
  /** Never sent: the run ended first. */
  "superseded",
] as const;

/** One of {@link LEDGER_STATES}. */
export type LedgerState = (typeof LEDGER_STATES)[number];

/** What the request of a batch does. */
export const LEDGER_OPERATIONS = [
  "upsert",
  "remove",
  "import",
  /** The last request of a replace, by which all that were sent in its session take effect. */
  "replace",
  /**
   * Additions that confirm nobody, though Meta acknowledged them: a later request of the run does. So are
   * those of a replace before its last request, and those that a removal may still undo.
   */
  "preliminary",
] as const;

/** One of {@link LEDGER_OPERATIONS}. */
export type LedgerOperation = (typeof LEDGER_OPERATIONS)[number];

/** What a batch can become when it settles. */
export type SettledState = Exclude<LedgerState, "pending" | "sending" | "skipped" | "superseded">;

/** What one batch of events holds of an event; one of a mirror names its changes instead. */
export interface BatchItem {
  /** Which event, 32 hex digits: see `delivery/items.ts`. */
  readonly itemId: string;
  readonly contentDigest: string;
  /** In the form that may be shown. */
  readonly identity: string;
  /** Unix seconds. */
  readonly eventTime: number;
  /** When an earlier batch first sent it, if one did and nobody knows how that ended. */
  readonly firstSentAt: number | undefined;
  /** For how long after its first sending it may be sent again without counting twice, in ms. */
  readonly repeatSafeMs: number;
  /** The same for one event whichever pixel it goes to, 32 hex digits. */
  readonly routeKey: string;
  /** How old Meta still takes it, in ms. */
  readonly maxAgeMs: number;
}

/** A batch that is about to be sent. */
export interface NewBatch {
  /** Unique in the store: `12-3`, the third batch of run 12. */
  readonly batchId: string;
  readonly runId: number;
  /** Of a part: the batch as it was planned. */
  readonly parent: string | undefined;
  /** The planned batches of a target count from 0; a part has its parent's. */
  readonly position: number;
  readonly surface: Surface;
  readonly operation: LedgerOperation;
  /** The logical target, or the pixel id; batches of one target are sent one after the other. */
  readonly target: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly records: number;
  /** How many rows or events. */
  readonly itemCount: number;
  /** Of events only. */
  readonly items: readonly BatchItem[];
  /**
   * Of a mirror: which of its run's changes it sends. Later batches of the run may send the same ones
   * again, and the parts of a split one share its. The last batch of a replace has all of its audience:
   * whoever is not sent in its session is gone by it.
   */
  readonly changes: readonly PlaceRange[];
}

/** An attempt that is about to leave. */
export interface Sending {
  readonly batchId: string;
  /** From 1. */
  readonly attempt: number;
  readonly at: number;
  /** After this instant Meta has either got it or never will. */
  readonly deadline: number;
}

/** What an attempt came to. */
export interface Settlement {
  readonly batchId: string;
  /** What all attempts together prove. */
  readonly state: SettledState;
  readonly at: number;
  readonly attempt: number;
  /** Redacted. */
  readonly evidence: Evidence;
  /**
   * Records that Meta refused for themselves. Of a mirror these are neither added nor dropped when it is
   * folded, whatever has become of the rejects by then.
   */
  readonly rejects: readonly NewReject[];
}

/** A batch that needs no request, because an earlier run's was acknowledged or skipped. */
export interface CarriedBatch extends NewBatch {
  /** `failed` when it turned out not to count after all. */
  readonly state: "succeeded" | "skipped" | "failed";
  /** See {@link LanePosition.countsFrom}; of one that does not count after all, now. */
  readonly settledAt: number;
}

/** Which lane is looked back at. */
export interface LaneQuestion {
  readonly sync: string;
  readonly target: string;
  /** Of its requests; which version of the API they name does not matter. */
  readonly path: string;
  /** Only runs before this one; a negative id is that of a dry run, which comes after all others. */
  readonly runId: number;
}

/** A lane as a later run finds it. */
export interface EarlierLane {
  /** The planned batches of the latest run that did something of its own there, by position. */
  readonly positions: readonly LanePosition[];
  /** What an operator gave up, in whichever run: requests that are not sent at their position. */
  readonly givenUp: readonly GivenUp[];
}

/** A planned batch of an earlier run. */
export interface LanePosition {
  /** Counts from 0 without a gap. */
  readonly position: number;
  readonly fingerprint: string;
  readonly operation: NewBatch["operation"];
  readonly batchId: string;
  /**
   * `resolved`: Meta has acknowledged all of it, whole or in parts. `refused`: nothing of it is open,
   * but Meta refused some records for themselves. `skipped`: an operator gave it up.
   */
  readonly standing: "resolved" | "skipped" | "refused" | "open";
  /** Whether Meta refused some records for themselves, whatever has become of these rejects since. */
  readonly hasRefused: boolean;
  /** Whether Meta may have any of it: this run sent it, or one before it whose request counts. */
  readonly sent: boolean;
  /** When the request that counts first left, or an operator gave it up. */
  readonly countsFrom: number | undefined;
}

/** A request that an operator gave up. */
export interface GivenUp {
  readonly position: number;
  readonly fingerprint: string;
  readonly settledAt: number;
}

/** One attempt, as the ledger holds it. */
export interface LoggedAttempt {
  readonly attempt: number;
  readonly sentAt: number;
  /** After this instant Meta has either got it or never will. */
  readonly deadline: number;
  /** Missing when no settlement followed: the process ended first. */
  readonly settledAt: number | undefined;
  readonly evidence: Evidence | undefined;
}

/** A batch as the ledger holds it. */
export interface LoggedBatch extends Omit<NewBatch, "items" | "changes"> {
  readonly sync: string;
  readonly state: LedgerState;
  readonly attempts: number;
  readonly firstSentAt: number | undefined;
  readonly settledAt: number | undefined;
  /** The summary of its last attempt. */
  readonly summary: string | undefined;
  /** Events last sent, or tried, by this batch that are still neither delivered nor rejected. */
  readonly openEvents: number;
}

/** Which batches to list; everything that is given has to fit. */
export interface LedgerFilter {
  readonly sync?: string;
  readonly target?: string;
  /** Of its requests, in whichever version of the API. */
  readonly path?: string;
  readonly runId?: number;
  readonly states?: readonly LedgerState[];
  /** Whether it was ever sent. */
  readonly sent?: true;
  /** The newest so many. */
  readonly limit: number;
}

/** What an operator's word on a batch did. */
export type LeverEffect =
  | { readonly kind: "done"; readonly events: number; readonly rejects: number }
  | { readonly kind: "unknown_batch" }
  /** There is nothing to decide about it. */
  | { readonly kind: "refused"; readonly because: Undecidable };

/** Why there is nothing to decide about a batch. */
export type Undecidable =
  /** Meta has all of it. */
  | "acknowledged"
  /** No request of its own was made. */
  | "never_sent"
  /** Its run goes on. */
  | "under_way"
  /** To give up: Meta has taken or refused everything. */
  | "nothing_open"
  /** To give up, of people: Meta has acknowledged or refused some of it, so that it is not one thing. */
  | "in_part"
  /** To give up, of people: it is a part, and the next run plans the whole. */
  | "is_part"
  /** It is of a mirror, whose every run compares anew and plans what is still to be done. */
  | "mirrored";

/** The ledger of requests. */
export interface Ledger {
  /** Durable step *plan*: the batch and its items, `pending`. */
  plan(batch: NewBatch): Promise<void>;
  /** Batches that need no request, all of them or none. */
  carry(batches: readonly CarriedBatch[]): Promise<void>;
  /** Durable step *sending*: from now on its items may be at Meta. */
  sending(sending: Sending): Promise<void>;
  /** Durable step *settle*. */
  settle(settlement: Settlement): Promise<void>;
  /**
   * What runs before one left of a lane. A run did something of its own there if it sent anything, or
   * took back what it had passed over; one that only carried and planned left everything as it was.
   * There are no positions when anybody else, another sync, another name for it or a mirror, has sent
   * something to the same audience since the lane's latest run began: that may have undone any of it.
   * Batches of mirrors are none of a lane, not even those of the same sync.
   */
  lane(question: LaneQuestion): Promise<EarlierLane>;
  /** Newest first. */
  list(filter: LedgerFilter): Promise<readonly LoggedBatch[]>;
  attempts(batchId: string): Promise<readonly LoggedAttempt[]>;
  /**
   * Lets the next run send a batch again: its rejects are deleted, its unanswered events count as
   * never sent (Meta may count them twice), and a skipped batch is open again, with those of its lane
   * that are the same request at the same position.
   */
  retry(batchId: string): Promise<LeverEffect>;
  /**
   * Gives a batch up in the operator's name, confirming nothing: its open events become rejects, and
   * a request of people is not sent at its position any more, as long as it is the same.
   */
  skip(batchId: string, at: number): Promise<LeverEffect>;
}
