import type {
  LanePosition,
  Ledger,
  LedgerFilter,
  LoggedBatch,
  NewBatch,
  Sending,
  Settlement,
} from "../ledger.js";
import { retryBatch, skipBatch } from "./levers.js";
import { keyOf, refusedEvents, type BatchRow, type MemoryTables } from "./tables.js";

/** The ledger in memory. */
export function memoryLedger(tables: MemoryTables): Ledger {
  const { batches } = tables;
  return {
    plan: (batch) => {
      batches.set(batch.batchId, newRow(tables, batch, "pending"));
      return Promise.resolve();
    },
    carry: ({ state, settledAt, ...batch }) => {
      batches.set(batch.batchId, { ...newRow(tables, batch, state), settledAt, folded: true });
      return Promise.resolve();
    },
    sending: (sending) => soon(() => markSending(tables, sending)),
    settle: (settlement) => soon(() => settle(tables, settlement)),
    lane: (sync, target, runId) => Promise.resolve(latestLane(tables, sync, target, runId)),
    list: (filter) =>
      Promise.resolve(
        [...batches.values()]
          .reverse()
          .filter((row) => fits(row, filter))
          .slice(0, filter.limit)
          .map((row) => logged(tables, row)),
      ),
    attempts: (batchId) => Promise.resolve([...(batches.get(batchId)?.attempts ?? [])]),
    retry: (batchId) => Promise.resolve(retryBatch(tables, batchId)),
    skip: (batchId, at) => Promise.resolve(skipBatch(tables, batchId, at)),
  };
}

function newRow(tables: MemoryTables, batch: NewBatch, state: BatchRow["state"]): BatchRow {
  const sync = tables.runs[batch.runId - 1]?.sync ?? "";
  const nothingYet = { attempts: [], firstSentAt: undefined, settledAt: undefined, folded: false };
  return { ...batch, ...nothingYet, sync, state };
}

function known({ batches }: MemoryTables, batchId: string): BatchRow {
  const row = batches.get(batchId);
  if (row === undefined) throw new RangeError(`the ledger has no batch ${batchId}`);
  return row;
}

/** Takes effect at once; what it throws comes as a rejection, as from every store. */
function soon(effect: () => void): Promise<void> {
  return new Promise((resolve) => {
    effect();
    resolve();
  });
}

function markSending(tables: MemoryTables, { batchId, attempt, at }: Sending): void {
  const row = known(tables, batchId);
  row.state = "sending";
  row.firstSentAt ??= at;
  row.attempts.push({ attempt, sentAt: at, settledAt: undefined, evidence: undefined });
}

function settle(tables: MemoryTables, settlement: Settlement): void {
  const { batchId, state, at, attempt, evidence, rejects } = settlement;
  const row = known(tables, batchId);
  row.state = state;
  row.settledAt = at;
  row.attempts = row.attempts.map((one) =>
    one.attempt === attempt ? { ...one, settledAt: at, evidence } : one,
  );
  const { sync } = row;
  for (const reject of rejects)
    tables.rejects.set(keyOf(sync, reject.itemId), {
      ...reject,
      sync,
      batchId,
      origin: "meta",
      createdAt: at,
      firstRunId: undefined,
      runId: undefined,
    });
}

function latestLane(
  { batches }: MemoryTables,
  sync: string,
  target: string,
  before: number,
): readonly LanePosition[] {
  const rows = [...batches.values()].filter(
    (row) => row.sync === sync && row.target === target && (before < 0 || row.runId < before),
  );
  const latest = Math.max(0, ...rows.filter(isOwn).map(({ runId }) => runId));
  const ofRun = rows.filter(({ runId }) => runId === latest);
  return ofRun
    .filter(({ parent }) => parent === undefined)
    .sort((a, b) => a.position - b.position)
    .map((row) => ({
      position: row.position,
      fingerprint: row.fingerprint,
      operation: row.operation,
      batchId: row.batchId,
      standing: standingOf(row, ofRun),
      settledAt: row.settledAt,
    }));
}

/**
 * Whether a run did something of its own with a batch. One that has only carried and planned batches
 * of a lane changed nothing at Meta, and may have ended before it came to the rest of the lane.
 */
function isOwn({ attempts, state }: BatchRow): boolean {
  return attempts.length > 0 || state === "failed";
}

/**
 * A split batch is resolved when Meta acknowledged parts that together have all its rows, and skipped
 * when an operator gave up the others, and refused when Meta refused the others.
 */
function standingOf(row: BatchRow, all: readonly BatchRow[]): LanePosition["standing"] {
  if (row.state === "skipped") return "skipped";
  if (ACKNOWLEDGED.has(row.state)) return "resolved";
  if (row.state === "rejected") return "refused";
  if (row.state !== "split") return "open";
  const parts = all.filter(({ parent }) => parent === row.batchId);
  const itemsOf = (which: (part: BatchRow) => boolean) =>
    parts.filter(which).reduce((sum, { itemCount }) => sum + itemCount, 0);
  const acknowledged = itemsOf(({ state }) => ACKNOWLEDGED.has(state));
  if (acknowledged === row.itemCount) return "resolved";
  const skipped = itemsOf(({ state }) => state === "skipped");
  if (acknowledged + skipped === row.itemCount) return "skipped";
  const refused = itemsOf(({ state }) => state === "rejected");
  return acknowledged + skipped + refused === row.itemCount ? "refused" : "open";
}

const ACKNOWLEDGED: ReadonlySet<BatchRow["state"]> = new Set(["succeeded", "partially_succeeded"]);

function fits(row: BatchRow, { sync, target, runId, states }: LedgerFilter): boolean {
  return [
    sync === undefined || row.sync === sync,
    target === undefined || row.target === target,
    runId === undefined || row.runId === runId,
    states === undefined || states.includes(row.state),
  ].every(Boolean);
}

function logged({ events, rejects }: MemoryTables, row: BatchRow): LoggedBatch {
  const { items, folded, attempts, ...rest } = row;
  const refused = refusedEvents(rejects.values());
  const open = [...events.values()].filter(
    ({ batchId, confirmedAt, itemId }) =>
      batchId === row.batchId && confirmedAt === undefined && !refused.has(itemId),
  );
  return {
    ...rest,
    attempts: attempts.length,
    summary: attempts.findLast(({ evidence }) => evidence !== undefined)?.evidence?.summary,
    openEvents: open.length,
  };
}
