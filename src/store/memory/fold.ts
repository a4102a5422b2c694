/** The durable step *fold*: what settled batches prove about their events and the members of audiences. */
import type { BatchItem, LedgerState } from "../ledger.js";
import { provenMembers } from "./fold-members.js";
import type { BatchRow, EventRow, HeldRow, MemoryTables } from "./tables.js";

/** Folds every batch that has settled, or some of them; a second time changes nothing. */
export function foldBatches(
  tables: MemoryTables,
  some: (batch: BatchRow) => boolean = () => true,
): void {
  const { batches, events, members } = tables;
  const settled = [...batches.values()].filter(
    (batch) => !batch.folded && !OPEN.has(batch.state) && some(batch),
  );
  for (const [itemId, row] of proven(settled, events)) events.set(itemId, row);
  const held = provenMembers(settled, tables);
  for (const [key, row] of held)
    if (row === undefined) members.delete(key);
    else members.set(key, row);
  forgetRefusedRemovals(tables, held.values());
  for (const batch of settled) {
    batch.items = [];
    // The last request of its replace may still have to know these.
    if (batch.operation !== "preliminary") batch.refusedItems = new Set();
    batch.folded = true;
  }
}

/** Whoever is there again may leave again. */
function forgetRefusedRemovals(
  { rejects }: MemoryTables,
  rows: Iterable<HeldRow | undefined>,
): void {
  const confirmed = new Set(
    Array.from(rows, (row) => (row?.confirmedAt === undefined ? undefined : row.itemId)),
  );
  for (const [key, { itemId, operation, origin }] of rejects)
    if (operation === "remove" && origin === "meta" && confirmed.has(itemId)) rejects.delete(key);
}

/**
 * The events as they will be once everything is folded, as far as they differ from what is stored: a
 * plan looks at a store in which a process may have left batches, and changes nothing in it.
 */
export function eventsToFold(tables: MemoryTables): ReadonlyMap<string, EventRow> {
  return proven(sentAndNotFolded(tables), tables.events);
}

/** The rows that may be in audiences, as they will be once everything is folded. */
export function membersToFind(tables: MemoryTables): readonly HeldRow[] {
  const rows = new Map<string, HeldRow | undefined>([
    ...tables.members,
    ...provenMembers(sentAndNotFolded(tables), tables),
  ]);
  return [...rows.values()].filter((row) => row !== undefined);
}

function sentAndNotFolded({ batches }: MemoryTables): readonly BatchRow[] {
  return [...batches.values()].filter(({ folded, state }) => !folded && state !== "pending");
}

function proven(
  batches: readonly BatchRow[],
  events: ReadonlyMap<string, EventRow>,
): ReadonlyMap<string, EventRow> {
  const rows = new Map<string, EventRow>();
  for (const batch of batches) {
    const proves = PROOFS[batch.state];
    if (proves === "nothing") continue;
    for (const item of batch.items) {
      const { itemId } = item;
      rows.set(itemId, folded(rows.get(itemId) ?? events.get(itemId), item, batch, proves));
    }
  }
  return rows;
}

const OPEN: ReadonlySet<LedgerState> = new Set(["pending", "sending"]);

type Proof = "delivered" | "may_be_delivered" | "not_delivered" | "nothing";

/** A refused event is a reject, a split batch is its parts, and what never left proves nothing. */
const PROOFS: Readonly<Record<LedgerState, Proof>> = {
  pending: "nothing",
  // Found so when its process has ended.
  sending: "may_be_delivered",
  succeeded: "delivered",
  partially_succeeded: "delivered",
  unknown: "may_be_delivered",
  failed: "not_delivered",
  rejected: "nothing",
  split: "nothing",
  skipped: "nothing",
  superseded: "nothing",
};

function folded(
  before: EventRow | undefined,
  item: BatchItem,
  batch: BatchRow,
  proof: Exclude<Proof, "nothing">,
): EventRow {
  if (before?.confirmedAt !== undefined) return before;
  const sent = proof === "not_delivered" ? undefined : batch.firstSentAt;
  const firstSentAt = before?.firstSentAt ?? item.firstSentAt ?? sent;
  return {
    pixelId: batch.target,
    itemId: item.itemId,
    contentDigest: item.contentDigest,
    identity: item.identity,
    eventTime: item.eventTime,
    firstSentAt,
    repeatSafeUntil:
      before?.firstSentAt === undefined
        ? (firstSentAt ?? 0) + item.repeatSafeMs
        : before.repeatSafeUntil,
    confirmedAt: proof === "delivered" ? batch.settledAt : undefined,
    batchId: batch.batchId,
    sync: batch.sync,
    routeKey: item.routeKey,
  };
}
