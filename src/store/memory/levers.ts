/** What an operator may say of a batch. */
import type { LeverEffect, LoggedAttempt, Undecidable } from "../ledger.js";
import { isDoneInPart, isMirrored, standingOf } from "./lane.js";
import { liveRuns } from "./leases.js";
import { keyOf, refusedEvents, type BatchRow, type EventRow, type MemoryTables } from "./tables.js";
import { tidyUp } from "./tidy-up.js";

/** Lets the next run send a batch again. */
export function retryBatch(tables: MemoryTables, batchId: string): LeverEffect {
  const batch = decidable(tables, batchId);
  if ("kind" in batch) return batch;
  const ids = withParts(tables, batchId);
  let rejects = 0;
  for (const [key, row] of tables.rejects)
    if (row.batchId !== undefined && ids.has(row.batchId)) {
      tables.rejects.delete(key);
      rejects += 1;
    }
  const open = openEvents(tables, ids);
  for (const [key] of open) tables.events.delete(key);
  for (const row of sameRequest(tables, batch))
    if (row.state === "skipped") row.state = reopened(row);
  return { kind: "done", events: open.length, rejects };
}

/** Gives a batch up: its open events become rejects, nothing is confirmed. */
export function skipBatch(tables: MemoryTables, batchId: string, at: number): LeverEffect {
  const batch = decidable(tables, batchId);
  if ("kind" in batch) return batch;
  const because = notGivenUp(batch, tables);
  if (because !== undefined) return { kind: "refused", because };
  const open = openEvents(tables, withParts(tables, batchId));
  for (const [, event] of open)
    tables.rejects.set(keyOf(batch.sync, event.itemId), operatorReject(batch, event, at));
  batch.state = "skipped";
  batch.settledAt ??= at;
  return { kind: "done", events: open.length, rejects: open.length };
}

/**
 * The requests that are one with that of a batch: itself, and of people those of its lane that are the
 * same at the same position, since a word on it was carried on by later runs.
 */
function sameRequest({ batches }: MemoryTables, batch: BatchRow): readonly BatchRow[] {
  const top = batches.get(batch.parent ?? batch.batchId) ?? batch;
  const placeOf = ({ sync, target, position, fingerprint }: BatchRow) =>
    keyOf(sync, target, String(position), fingerprint);
  return [...batches.values()].filter(
    (row) =>
      row === batch ||
      (top.surface !== "events" && row.parent === undefined && placeOf(row) === placeOf(top)),
  );
}

/** What was given up is open again. One for which that word was only carried on was never sent. */
function reopened({ attempts }: BatchRow): BatchRow["state"] {
  if (attempts.length === 0) return "superseded";
  return attempts.some(mayBeApplied) ? "unknown" : "failed";
}

/**
 * Meta may have it: nobody heard what came of the attempt, it failed on Meta's side, or was refused without
 * that being certain, since what surely is refused for its content is not given up but `rejected`.
 */
function mayBeApplied({ evidence }: LoggedAttempt): boolean {
  return (
    evidence === undefined ||
    evidence.outcome === "unknown" ||
    evidence.outcome === "rejected" ||
    evidence.evidenceCode === "meta.transient"
  );
}

/** The batch, once everything is in order that an ended process left behind; or why it is none. */
function decidable(
  tables: MemoryTables,
  batchId: string,
): BatchRow | Exclude<LeverEffect, { readonly kind: "done" }> {
  tidyUp(tables);
  const batch = tables.batches.get(batchId);
  if (batch === undefined) return { kind: "unknown_batch" };
  const because = undecidable(batch, isUnderWay(tables, batch));
  return because === undefined ? batch : { kind: "refused", because };
}

/**
 * Whether a run goes on that is concerned: the batch's own, or any of a sync that has read already what
 * was given up of its people, and would write that down once more.
 */
function isUnderWay(tables: MemoryTables, { runId, sync, surface }: BatchRow): boolean {
  const live = liveRuns(tables);
  const ofSync = (id: number) => surface !== "events" && tables.runs[id - 1]?.sync === sync;
  return [...live].some((id) => id === runId || ofSync(id));
}

function undecidable(batch: BatchRow, underWay: boolean): Undecidable | undefined {
  const { state, attempts } = batch;
  if (isMirrored(batch)) return "mirrored";
  if (state === "succeeded") return "acknowledged";
  if (underWay) return "under_way";
  return attempts.length === 0 && state !== "skipped" ? "never_sent" : undefined;
}

/** Events stand for themselves; people only as the whole request that the next run plans again. */
function notGivenUp(batch: BatchRow, tables: MemoryTables): Undecidable | undefined {
  const all = tables.batches;
  const standing = standingOf(batch, all.values());
  if (standing === "resolved" || standing === "refused") return "nothing_open";
  if (batch.surface === "events") {
    const open = openEvents(tables, withParts(tables, batch.batchId));
    return open.length > 0 ? undefined : "nothing_open";
  }
  if (batch.parent !== undefined) return "is_part";
  const latest = sameRequest(tables, batch).findLast(({ attempts }) => attempts.length > 0);
  if (latest !== undefined && latest !== batch && standingOf(latest, all.values()) === "resolved")
    return "acknowledged";
  return isDoneInPart(batch, all.values()) ? "in_part" : undefined;
}

function operatorReject(batch: BatchRow, event: EventRow, at: number) {
  return {
    sync: batch.sync,
    scope: event.pixelId,
    itemId: event.itemId,
    contentDigest: event.contentDigest,
    operation: "import",
    identity: event.identity,
    code: "skipped",
    field: "",
    message: "An operator gave the batch up.",
    batchId: batch.batchId,
    origin: "operator",
    createdAt: at,
    firstRunId: undefined,
    runId: undefined,
  } as const;
}

function withParts({ batches }: MemoryTables, batchId: string): ReadonlySet<string> {
  const parts = [...batches.values()].filter(({ parent }) => parent === batchId);
  return new Set([batchId, ...parts.map((part) => part.batchId)]);
}

function openEvents(
  { events, rejects }: MemoryTables,
  ids: ReadonlySet<string>,
): readonly (readonly [string, EventRow])[] {
  const refused = refusedEvents(rejects.values());
  return [...events].filter(
    ([key, event]) =>
      event.confirmedAt === undefined && ids.has(event.batchId) && !refused.has(key),
  );
}
