/** What an operator may say of a batch. */
import type { LeverEffect, Undecidable } from "../ledger.js";
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
  for (const row of sameWord(tables, batch))
    // One for which the word was only carried on was never sent.
    row.state = row.attempts.length > 0 ? "failed" : "superseded";
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

/** A batch that is skipped; one of people with those for which that word was carried on by later runs. */
function sameWord({ batches }: MemoryTables, batch: BatchRow): readonly BatchRow[] {
  if (batch.state !== "skipped") return [];
  const placeOf = ({ surface, parent, sync, target, position, fingerprint }: BatchRow) =>
    surface !== "events" && parent === undefined
      ? keyOf(sync, target, String(position), fingerprint)
      : undefined;
  const place = placeOf(batch);
  return [...batches.values()].filter(
    (row) =>
      row === batch || (row.state === "skipped" && place !== undefined && placeOf(row) === place),
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
  const because = undecidable(batch, liveRuns(tables));
  return because === undefined ? batch : { kind: "refused", because };
}

function undecidable(batch: BatchRow, live: ReadonlySet<number>): Undecidable | undefined {
  const { state, runId, attempts } = batch;
  if (isMirrored(batch)) return "mirrored";
  if (state === "succeeded") return "acknowledged";
  if (live.has(runId)) return "under_way";
  return attempts.length === 0 && state !== "skipped" ? "never_sent" : undefined;
}

/** Events stand for themselves; people only as the whole request that the next run plans again. */
function notGivenUp(batch: BatchRow, { batches }: MemoryTables): Undecidable | undefined {
  const standing = standingOf(batch, batches.values());
  if (standing === "resolved" || standing === "refused") return "nothing_open";
  if (batch.surface === "events") return undefined;
  if (batch.parent !== undefined) return "is_part";
  return isDoneInPart(batch, batches.values()) ? "in_part" : undefined;
}

function operatorReject(batch: BatchRow, event: EventRow, at: number) {
  return {
    sync: batch.sync,
    scope: event.pixelId,
    itemId: event.itemId,
    contentDigest: event.contentDigest,
    operation: batch.operation,
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
