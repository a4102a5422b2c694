/** The rows of a store in memory. What the SQL of other stores does is held to what is done here. */
import type { BatchItem, LedgerState, LoggedAttempt, NewBatch } from "../ledger.js";
import type { Change } from "../members.js";
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
  /** Which these were, until it is folded, whatever becomes of their rejects meanwhile. */
  refusedItems: ReadonlySet<string>;
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

/** A row that may be in an audience. */
export interface HeldRow {
  readonly audienceId: string;
  readonly member: string;
  readonly rowId: string;
  /** Of its removal. */
  readonly itemId: string;
  readonly identity: string;
  /** Of a row that was removed but for keys that others have: these. */
  readonly keys: readonly string[];
  readonly cells: string;
  readonly attributesDigest: string;
  readonly contentDigest: string;
  /** When the request left by which Meta took it; missing while that is not certain. */
  readonly confirmedAt: number | undefined;
}

/** Who may change an audience. */
export interface AudienceOwner {
  /** Nobody since it was released. */
  readonly owner: string | undefined;
  readonly target: string;
  readonly mayShrinkTo: number | undefined;
}

/** A change that a run has begun, as far as it outlives the sending. */
export interface ChangeRow extends Omit<Change, "attributes"> {
  readonly runId: number;
  readonly audienceId: string;
  readonly attributesDigest: string;
  /** Of a removal: the keys that stay, because wanted rows have them. */
  readonly protectedKeys: readonly string[];
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
  /** By audience and row id. */
  readonly members: Map<string, HeldRow>;
  /** By audience. */
  readonly audiences: Map<string, AudienceOwner>;
  /** Of runs that go on, and of batches that are not folded; by run and place. */
  readonly changes: Map<string, ChangeRow>;
  /** Keys, and since when each is. */
  readonly suppressed: Map<string, number>;
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
    members: new Map(),
    audiences: new Map(),
    changes: new Map(),
    suppressed: new Map(),
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
