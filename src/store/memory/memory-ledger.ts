import type {
  Ledger,
  LedgerFilter,
  LoggedBatch,
  NewBatch,
  Sending,
  Settlement,
} from "../ledger.js";
import { edgeOf } from "../edge-of.js";
import { noteAges } from "./horizon.js";
import { earlierLane } from "./lane.js";
import { retryBatch, skipBatch } from "./levers.js";
import { keyOf, refusedEvents, type BatchRow, type MemoryTables } from "./tables.js";

/** The ledger in memory. */
export function memoryLedger(tables: MemoryTables): Ledger {
  const { batches } = tables;
  return {
    plan: (batch) => {
      const row = newRow(tables, batch, "pending");
      batches.set(batch.batchId, row);
      noteAges(tables, row.sync, batch.items);
      return Promise.resolve();
    },
    carry: (carried) => {
      for (const { state, settledAt, ...batch } of carried)
        batches.set(batch.batchId, { ...newRow(tables, batch, state), settledAt, folded: true });
      return Promise.resolve();
    },
    sending: (sending) => soon(() => markSending(tables, sending)),
    settle: (settlement) => soon(() => settle(tables, settlement)),
    lane: (question) => Promise.resolve(earlierLane(tables, question)),
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
  return {
    ...batch,
    sync,
    state,
    attempts: [],
    firstSentAt: undefined,
    settledAt: undefined,
    refused: 0,
    refusedItems: new Set(),
    folded: false,
  };
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

function markSending(tables: MemoryTables, { batchId, attempt, at, deadline }: Sending): void {
  const row = known(tables, batchId);
  row.state = "sending";
  row.firstSentAt ??= at;
  row.attempts.push({
    attempt,
    sentAt: at,
    deadline,
    settledAt: undefined,
    evidence: undefined,
  });
}

function settle(tables: MemoryTables, settlement: Settlement): void {
  const { batchId, state, at, attempt, evidence, rejects } = settlement;
  const row = known(tables, batchId);
  row.state = state;
  row.settledAt = at;
  row.refused = rejects.length;
  row.refusedItems = new Set(rejects.map(({ itemId }) => itemId));
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

function fits(row: BatchRow, { sync, target, path, runId, states, sent }: LedgerFilter): boolean {
  return [
    sync === undefined || row.sync === sync,
    target === undefined || row.target === target,
    path === undefined || edgeOf(row.path) === edgeOf(path),
    runId === undefined || row.runId === runId,
    states === undefined || states.includes(row.state),
    sent === undefined || row.firstSentAt !== undefined,
  ].every(Boolean);
}

function logged({ events, rejects }: MemoryTables, row: BatchRow): LoggedBatch {
  const { items, changes, folded, attempts, refused, refusedItems, ...rest } = row;
  const leftOut = refusedEvents(rejects.values());
  const open = [...events.values()].filter(
    ({ batchId, confirmedAt, itemId }) =>
      batchId === row.batchId && confirmedAt === undefined && !leftOut.has(itemId),
  );
  return {
    ...rest,
    attempts: attempts.length,
    summary: attempts.findLast(({ evidence }) => evidence !== undefined)?.evidence?.summary,
    openEvents: open.length,
  };
}
