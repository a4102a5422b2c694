/** Rows for tests of stores, and the steps that a request goes through. */
import type { Evidence } from "../../src/core/outcome.js";
import type { EventCandidate } from "../../src/store/event-states.js";
import type {
  BatchItem,
  LaneQuestion,
  LedgerState,
  NewBatch,
  SettledState,
} from "../../src/store/ledger.js";
import type { NewReject, RejectCandidate } from "../../src/store/rejects.js";
import type { NewRun } from "../../src/store/run-log.js";
import type { Store } from "../../src/store/store.js";

export const HOUR = 3_600_000;
/** When the first run of a test starts. */
export const T0 = 1_777_000_000_000;
export const SYNC = "orders";
export const PIXEL = "400000000000456";

/** A digest: 32 hex digits. */
export function hex(number: number): string {
  return number.toString(16).padStart(32, "0");
}

export function newRun(startedAt: number = T0, sync: string = SYNC): NewRun {
  return { sync, surface: "events", startedAt, holder: "node (PID 1)" };
}

/** Starts a run that begins at an instant; gives its id. */
export async function start(store: Store, startedAt: number = T0, sync?: string): Promise<number> {
  const started = await store.runs.start(newRun(startedAt, sync));
  if (!started.ok) throw new Error(`the sync is taken by ${started.error.holder}`);
  return started.value.runId;
}

export async function end(store: Store, runId: number): Promise<void> {
  await store.runs.end(runId, "succeeded", T0 + HOUR, "{}");
}

/** An event of a batch; its content follows from its number. */
export function item(number: number, differs: Partial<BatchItem> = {}): BatchItem {
  return {
    ...candidate(number),
    identity: `order-${String(number)}`,
    eventTime: 1_776_000_000 + number,
    firstSentAt: undefined,
    repeatSafeMs: 46 * HOUR,
    maxAgeMs: 7 * 24 * HOUR,
    ...differs,
  };
}

/** The digests of an event or a record. */
export function digests(number: number, content: number = number + 1_000): RejectCandidate {
  return { itemId: hex(number), contentDigest: hex(content) };
}

/** An event before it is planned; numbers that are a million apart differ by their pixel only. */
export function candidate(number: number, content?: number): EventCandidate {
  return { ...digests(number, content), routeKey: hex((number % 1_000_000) + 1) };
}

/** A planned batch; its id is made of its run and its place. */
export function batch(runId: number, place: number, differs: Partial<NewBatch> = {}): NewBatch {
  const items = differs.items ?? [];
  return {
    batchId: `${String(runId)}-${String(place)}`,
    runId,
    parent: undefined,
    position: place,
    surface: "events",
    operation: "import",
    target: PIXEL,
    path: `/v25.0/${differs.target ?? PIXEL}/events`,
    fingerprint: `fingerprint-${String(place)}`,
    records: items.length,
    itemCount: items.length,
    items,
    changes: [],
    ...differs,
  };
}

export function evidence(differs: Partial<Evidence> = {}): Evidence {
  return {
    outcome: "succeeded",
    surface: "events",
    target: PIXEL,
    batchFingerprint: "fingerprint-0",
    recordCount: 1,
    itemCount: 1,
    confirmed: 1,
    rejected: 0,
    summary: "Meta took it.",
    ...differs,
  };
}

/** What Meta says of an event that it refuses. */
export function reject(number: number, differs: Partial<NewReject> = {}): NewReject {
  return {
    ...digests(number),
    scope: PIXEL,
    operation: "import",
    identity: `order-${String(number)}`,
    code: "100/2804003",
    field: "",
    message: "Meta refused it.",
    ...differs,
  };
}

/** How far a request comes. */
export interface Fate {
  readonly state: SettledState | Extract<LedgerState, "pending" | "sending">;
  /** When it leaves; it is settled a second later. */
  readonly at?: number;
  readonly rejects?: readonly NewReject[];
  readonly evidence?: Evidence;
}

/** Takes a batch through its durable steps, up to the state that it is to be found in. */
export async function go(store: Store, planned: NewBatch, fate: Fate): Promise<void> {
  const { state, at = T0 + 1_000, rejects = [] } = fate;
  const { batchId } = planned;
  await store.ledger.plan(planned);
  if (state === "pending") return;
  await store.ledger.sending({ batchId, attempt: 1, at, deadline: at + 60_000 });
  if (state === "sending") return;
  const told = fate.evidence ?? evidence();
  await store.ledger.settle({
    batchId,
    state,
    at: at + 1_000,
    attempt: 1,
    evidence: told,
    rejects,
  });
}

/** A whole run with one batch of some events; gives its id. */
export async function runOnce(
  store: Store,
  items: readonly BatchItem[],
  fate: Fate,
): Promise<number> {
  const runId = await start(store, fate.at);
  await go(store, batch(runId, 0, { items }), fate);
  await end(store, runId);
  return runId;
}

/** What a new run of the usual sync finds of some events. */
export async function standingsOf(store: Store, ...candidates: readonly EventCandidate[]) {
  const runId = await start(store, T0 + 10 * HOUR);
  const standings = await store.events.standings(runId, SYNC, candidates);
  await end(store, runId);
  return standings;
}

/** The state of a batch, if the ledger has it. */
export async function stateOf(store: Store, batchId: string): Promise<LedgerState | undefined> {
  const batches = await store.ledger.list({ limit: 99 });
  return batches.find((one) => one.batchId === batchId)?.state;
}

/** A lane of test batches, as a run looks back at it. */
export function laneOf(sync: string, target: string, runId: number): LaneQuestion {
  return { sync, target, path: `/v25.0/${target}/events`, runId };
}
