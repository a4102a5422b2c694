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
  tables: Pick<MemoryTables, "batches" | "members" | "changes">,
): ProvenRows {
  const { members, changes } = tables;
  const rows = new Map<string, HeldRow | undefined>();
  for (const batch of batches) {
    if (PROOFS[batch.state] === "nothing") continue;
    const refused = refusedBy(batch, tables);
    for (const change of changesOf(batch, changes)) {
      if (refused.has(change.itemId)) continue;
      const key = keyOf(change.audienceId, change.rowId);
      const before = rows.has(key) ? rows.get(key) : members.get(key);
      rows.set(key, FOLDS[change.operation](change, before, provenAt(batch)));
    }
  }
  return rows;
}

/** What Meta refused of what a batch changes: of a replace also in the requests before its last. */
function refusedBy(
  { state, operation, runId, refusedItems }: BatchRow,
  { batches }: Pick<MemoryTables, "batches">,
): ReadonlySet<string> {
  if (operation !== "replace")
    return PROOFS[state] === "applied" ? refusedItems : new Set<string>();
  const ofRun = [...batches.values()].filter((batch) => batch.runId === runId);
  return new Set(ofRun.flatMap((batch) => [...batch.refusedItems]));
}

/** Forgets the changes of some runs, but for those of batches that are still to be folded. */
export function dropChanges(
  { batches, changes }: MemoryTables,
  ofRun: (change: { readonly runId: number }) => boolean,
): void {
  for (const batch of batches.values())
    if (batch.folded && ofRun(batch)) batch.refusedItems = new Set();
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

/**
 * Since when the batch is surely applied: from its first sending on, nothing earlier is proven. What a
 * preliminary one says takes effect by a later one only, or never.
 */
function provenAt({ state, operation, firstSentAt }: BatchRow): number | undefined {
  return PROOFS[state] === "applied" && operation !== "preliminary" ? firstSentAt : undefined;
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
