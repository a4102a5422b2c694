import type { PlannedRequest } from "../planning/request-maker.js";
import type { RequestPlan } from "../planning/request-plan.js";
import { placeRanges } from "../reconcile/place-ranges.js";
import type { LedgerOperation, NewBatch } from "../store/ledger.js";
import type { PlaceRange } from "../store/members.js";
import type { Items } from "./items.js";
import type { Run } from "./run.js";

/** What a lane sends in one request: a batch as it was planned, or a part of one. */
export interface Unit extends PlannedRequest {
  readonly batchId: string;
  /** Of a part: the batch as it was planned. */
  readonly parent: Unit | undefined;
  /** Among the planned batches of its target, from 0. */
  readonly position: number;
}

/** What the ledger keeps of a unit. */
export function ledgerRow(unit: Unit, run: Run, items: Pick<Items, "of">): NewBatch {
  const { request, entries } = unit;
  const { surface, target, path, fingerprint, recordCount } = request;
  return {
    batchId: unit.batchId,
    runId: run.runId,
    parent: unit.parent?.batchId,
    position: unit.position,
    surface,
    operation: ledgerOperation(request),
    target,
    path,
    fingerprint,
    records: recordCount,
    itemCount: itemCountOf(unit),
    items: surface === "events" ? entries.map((entry) => ledgerItem(entry, items)) : [],
    changes: surface === "events" ? [] : changesOf(unit, items),
  };
}

function ledgerOperation({
  operation,
  session,
  isPreliminary = session?.isLast === false,
}: RequestPlan): LedgerOperation {
  return isPreliminary ? "preliminary" : operation;
}

/** By the last request of a replace all that its session changes takes effect. */
function changesOf(
  { request: { session }, entries }: Unit,
  items: Pick<Items, "of">,
): readonly PlaceRange[] {
  return session?.isLast === true ? [session.replaced] : placeRanges(placesOf(entries, items));
}

/** Records that are sent one after the other have no place. */
function placesOf(entries: Unit["entries"], items: Pick<Items, "of">): readonly number[] {
  return entries.map((entry) => items.of(entry).place).filter((place) => place !== undefined);
}

function ledgerItem(
  entry: Unit["entries"][number],
  items: Pick<Items, "of">,
): NewBatch["items"][number] {
  const { lastSendingAt, wasSent, place, ...item } = items.of(entry);
  return { ...item, identity: entry.identity };
}

/** How many rows or events a unit has. */
export function itemCountOf({ request }: Unit): number {
  return request.itemCounts.reduce((sum, items) => sum + items, 0);
}
