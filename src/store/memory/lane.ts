/** What the latest run of a lane left, as a later one finds it. */
import type { LanePosition } from "../ledger.js";
import type { BatchRow, MemoryTables } from "./tables.js";

/** The planned batches of the latest run before this one that did something of its own. */
export function latestLane(
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
      acknowledged: [row, ...partsOf(row, ofRun)].some(({ state }) => ACKNOWLEDGED.has(state)),
      sent: row.firstSentAt !== undefined || row.settledAt !== undefined,
      settledAt: row.settledAt,
    }));
}

/**
 * Whether a run did something of its own with a batch. One that has only carried and planned batches
 * of a lane changed nothing at Meta, and may have ended before it came to the rest of it.
 */
function isOwn({ attempts, state }: BatchRow): boolean {
  return attempts.length > 0 || state === "failed";
}

/** A split batch stands as its parts do, once they have all its rows. */
export function standingOf(row: BatchRow, all: Iterable<BatchRow>): LanePosition["standing"] {
  if (row.state !== "split") return standingAlone(row);
  const parts = partsOf(row, all);
  const itemsOf = (standing: LanePosition["standing"]) =>
    parts
      .filter((part) => standingAlone(part) === standing)
      .reduce((sum, { itemCount }) => sum + itemCount, 0);
  const resolved = itemsOf("resolved");
  const refused = itemsOf("refused");
  if (resolved + refused + itemsOf("skipped") < row.itemCount) return "open";
  if (refused > 0) return "refused";
  return resolved === row.itemCount ? "resolved" : "skipped";
}

function standingAlone({ state, refused }: BatchRow): LanePosition["standing"] {
  if (state === "skipped") return "skipped";
  if (state === "rejected") return "refused";
  if (!ACKNOWLEDGED.has(state)) return "open";
  return refused > 0 ? "refused" : "resolved";
}

function partsOf({ batchId }: BatchRow, all: Iterable<BatchRow>): readonly BatchRow[] {
  return [...all].filter(({ parent }) => parent === batchId);
}

const ACKNOWLEDGED: ReadonlySet<BatchRow["state"]> = new Set(["succeeded", "partially_succeeded"]);
