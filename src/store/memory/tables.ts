/** The rows of a store in memory. What the SQL of other stores does is held to what is done here. */
import type { BatchItem, LedgerState, LoggedAttempt, NewBatch } from "../ledger.js";
import type { LoggedReject } from "../rejects.js";
import type { LoggedRun } from "../run-log.js";
import type { RegisteredTarget } from "../target-registry.js";

/** A batch and where it stands; its items are deleted when it is folded. */
export interface BatchRow extends Omit<NewBatch, "items"> {
  readonly sync: string;
  items: readonly BatchItem[];
  state: LedgerState;
  attempts: LoggedAttempt[];
  firstSentAt: number | undefined;
  settledAt: number | undefined;
  /** How many records Meta refused for themselves when it was settled. */
  refused: number;
  folded: boolean;
}

/** An event that was sent, or tried. */
export interface EventRow {
  readonly pixelId: string;
  readonly itemId: string;
  contentDigest: string;
  identity: string;
  eventTime: number;
  /** Missing when it surely never left. */
  firstSentAt: number | undefined;
  repeatSafeUntil: number;
  confirmedAt: number | undefined;
  /** The last one that carried it. */
  batchId: string;
  /** That of the batch. */
  sync: string;
  readonly routeKey: string;
}

/** What a sync has behind it. */
export interface SyncRow {
  readonly firstStart: number;
  /** How old an event of it may be at most; missing before it planned the first. */
  longestAgeMs: number | undefined;
  horizon: number | undefined;
}

/** A reject; a local one with the runs that noted it with this content, first and last. */
export interface RejectRow extends LoggedReject {
  readonly firstRunId: number | undefined;
  readonly runId: number | undefined;
}

/** The right to run a sync. */
export interface Lease {
  readonly runId: number;
  readonly holder: string;
  /** Missing once that opening was cut off: whoever comes next takes over. */
  heldBy: UnderWay | undefined;
}

/** Everything that a store holds. */
export interface MemoryTables {
  readonly targets: Map<string, RegisteredTarget>;
  readonly runs: LoggedRun[];
  readonly batches: Map<string, BatchRow>;
  /** By item id. */
  readonly events: Map<string, EventRow>;
  /** By sync and item id. */
  readonly rejects: Map<string, RejectRow>;
  /** By name. */
  readonly syncs: Map<string, SyncRow>;
  /** By sync. */
  readonly leases: Map<string, Lease>;
}

/** The run that an opening of a store works for, if it has started one; tables outlive openings. */
export interface UnderWay {
  run: { readonly runId: number; readonly sync: string } | undefined;
}

/** Tables without rows. */
export function emptyTables(): MemoryTables {
  return {
    targets: new Map(),
    runs: [],
    batches: new Map(),
    events: new Map(),
    rejects: new Map(),
    syncs: new Map(),
    leases: new Map(),
  };
}

/** The key of a row: its parts cannot run into each other. */
export function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** The ids of the items that Meta or an operator refused, whatever content they have by now. */
export function refusedEvents(rejects: Iterable<RejectRow>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { itemId, origin } of rejects) if (origin !== "local") keys.add(itemId);
  return keys;
}
