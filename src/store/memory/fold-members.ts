/** What settled batches of a mirror prove about the rows that may be in audiences. */
import type { LedgerState } from "../ledger.js";
import { removalId } from "../removal-id.js";
import { keyOf, type BatchRow, type ChangeRow, type HeldRow, type MemoryTables } from "./tables.js";

/** Rows by audience and row id; `undefined` for one that is gone. */
type ProvenRows = ReadonlyMap<string, HeldRow | undefined>;

/**
 * The rows about which some batches prove something, as they will be. Batches count in their order, so
 * that what a later one may have undone is not left confirmed by an earlier one.
 */
export function provenMembers(
  batches: readonly BatchRow[],
  { members, changes }: Pick<MemoryTables, "members" | "changes">,
): ProvenRows {
  const rows = new Map<string, HeldRow | undefined>();
  for (const batch of batches) {
    const proof = PROOFS[batch.state];
    if (proof === "nothing") continue;
    for (const change of changesOf(batch, changes)) {
      if (proof === "applied" && batch.refusedItems.has(change.itemId)) continue;
      const key = keyOf(change.audienceId, change.rowId);
      const before = rows.has(key) ? rows.get(key) : members.get(key);
      rows.set(key, FOLDS[change.operation](change, before, provenAt(batch)));
    }
  }
  return rows;
}

/** Forgets the changes of some runs, but for those of batches that are still to be folded. */
export function dropChanges(
  { batches, changes }: MemoryTables,
  ofRun: (change: ChangeRow) => boolean,
): void {
  const needed = new Set(
    [...batches.values()]
      .filter(({ folded }) => !folded)
      .flatMap((batch) => changesOf(batch, changes)),
  );
  for (const [key, change] of changes)
    if (ofRun(change) && !needed.has(change)) changes.delete(key);
}

type Proof = "applied" | "may_be_applied" | "nothing";

/** What changes nothing leaves the rows as they were when it was begun: without confirmation. */
const PROOFS: Readonly<Record<LedgerState, Proof>> = {
  pending: "nothing",
  // Found so when its process has ended.
  sending: "may_be_applied",
  succeeded: "applied",
  partially_succeeded: "applied",
  unknown: "may_be_applied",
  failed: "nothing",
  rejected: "nothing",
  split: "nothing",
  skipped: "nothing",
  superseded: "nothing",
};

/** Since when the batch is surely applied: from its first sending on, nothing earlier is proven. */
function provenAt({ state, firstSentAt }: BatchRow): number | undefined {
  return PROOFS[state] === "applied" ? firstSentAt : undefined;
}

type Fold = (
  change: ChangeRow,
  before: HeldRow | undefined,
  provenAt: number | undefined,
) => HeldRow | undefined;

const FOLDS: Readonly<Record<ChangeRow["operation"], Fold>> = {
  upsert: (change, _, confirmedAt) => ({ ...heldBy(change), keys: change.keys, confirmedAt }),
  remove: ({ protectedKeys }, before, removedAt) => {
    if (before === undefined) return undefined;
    const unconfirmed = { ...before, confirmedAt: undefined };
    if (removedAt === undefined) return unconfirmed;
    return protectedKeys.length > 0 ? { ...unconfirmed, keys: protectedKeys } : undefined;
  },
};

function heldBy(change: ChangeRow): Omit<HeldRow, "keys" | "confirmedAt"> {
  const { audienceId, member, rowId, identity } = change;
  const itemId = removalId(audienceId, rowId);
  const { cells, attributesDigest, contentDigest } = change;
  return { audienceId, member, rowId, itemId, identity, cells, attributesDigest, contentDigest };
}

function changesOf(
  { runId, changes: ranges }: BatchRow,
  changes: ReadonlyMap<string, ChangeRow>,
): readonly ChangeRow[] {
  return ranges
    .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
    .map((place) => changes.get(keyOf(String(runId), String(place))))
    .filter((change) => change !== undefined);
}
