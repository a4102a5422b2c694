/** What the latest run of a lane left, as a later one finds it. */
import { edgeOf } from "../edge-of.js";
import type { EarlierLane, LanePosition, LaneQuestion } from "../ledger.js";
import type { BatchRow, MemoryTables } from "./tables.js";

/** What runs before this one left of a lane. */
export function earlierLane(tables: MemoryTables, question: LaneQuestion): EarlierLane {
  const { runId: before } = question;
  const rows = [...tables.batches.values()].filter(
    (row) => isOfLane(row, question) && (before < 0 || row.runId < before),
  );
  const latest = Math.max(0, ...rows.filter(isOwn).map(({ runId }) => runId));
  const ofRun = rows.filter(({ runId }) => runId === latest);
  return {
    positions: sentByOthers(tables, question, latest)
      ? []
      : ofRun
          .filter(isPlanned)
          .sort((a, b) => a.position - b.position)
          .map((row) => lanePosition(row, ofRun)),
    givenUp: rows
      .filter((row) => isPlanned(row) && row.state === "skipped")
      .sort((a, b) => a.runId - b.runId || a.position - b.position)
      .map(({ position, fingerprint, settledAt = 0 }) => ({ position, fingerprint, settledAt })),
  };
}

/** Whether others may have changed the audience since a run of the lane began. */
function sentByOthers(
  { batches, runs }: MemoryTables,
  question: LaneQuestion,
  latest: number,
): boolean {
  const { path, runId } = question;
  const since = runs[latest - 1]?.startedAt ?? Infinity;
  return [...batches.values()].some(
    (row) =>
      edgeOf(row.path) === edgeOf(path) &&
      !isOfLane(row, question) &&
      row.runId !== runId &&
      row.attempts.some(({ deadline }) => deadline >= since),
  );
}

function lanePosition(row: BatchRow, ofRun: readonly BatchRow[]): LanePosition {
  const { position, fingerprint, operation, batchId, firstSentAt, settledAt } = row;
  return {
    ...{ position, fingerprint, operation, batchId },
    standing: standingOf(row, ofRun),
    hasRefused: hasRefused(row, ofRun),
    sent: firstSentAt !== undefined || settledAt !== undefined,
    countsFrom: firstSentAt ?? settledAt,
  };
}

/** None of a lane is a mirror's batch, even of the same sync. */
function isOfLane(row: BatchRow, { sync, target }: LaneQuestion): boolean {
  return row.sync === sync && row.target === target && !isMirrored(row);
}

/** A mirror compares what is wanted with what is held, and never with an earlier run. */
export function isMirrored({ changes }: BatchRow): boolean {
  return changes.length > 0;
}

function isPlanned({ parent }: BatchRow): boolean {
  return parent === undefined;
}

/**
 * Whether a run did something of its own with a batch. One that has only carried and planned batches
 * of a lane changed nothing at Meta, and may have ended before it came to the rest of it.
 */
function isOwn({ attempts, state }: BatchRow): boolean {
  return attempts.length > 0 || state === "failed";
}

/** A split batch stands as its parts do, once nothing of them is open. */
export function standingOf(row: BatchRow, all: Iterable<BatchRow>): LanePosition["standing"] {
  if (row.state !== "split") return standingAlone(row);
  const parts = partsOf(row, all);
  const itemsOf = (standing: LanePosition["standing"]) =>
    parts
      .filter((part) => standingAlone(part) === standing)
      .reduce((sum, { itemCount }) => sum + itemCount, 0);
  const refused = itemsOf("refused");
  if (itemsOf("resolved") + refused < row.itemCount) return "open";
  return refused > 0 ? "refused" : "resolved";
}

function standingAlone({ state, refused }: BatchRow): LanePosition["standing"] {
  if (state === "skipped") return "skipped";
  if (state === "rejected") return "refused";
  if (!ACKNOWLEDGED.has(state)) return "open";
  return refused > 0 ? "refused" : "resolved";
}

/** Whether Meta refused some records of a batch or its parts. */
function hasRefused(row: BatchRow, all: Iterable<BatchRow>): boolean {
  return [row, ...partsOf(row, all)].some((one) => standingAlone(one) === "refused");
}

/** Whether Meta has acknowledged or refused some of a batch or its parts. */
export function isDoneInPart(row: BatchRow, all: Iterable<BatchRow>): boolean {
  return [row, ...partsOf(row, all)].some((one) => DONE.has(standingAlone(one)));
}

const DONE: ReadonlySet<LanePosition["standing"]> = new Set(["resolved", "refused"]);

function partsOf({ batchId }: BatchRow, all: Iterable<BatchRow>): readonly BatchRow[] {
  return [...all].filter(({ parent }) => parent === batchId);
}

const ACKNOWLEDGED: ReadonlySet<BatchRow["state"]> = new Set(["succeeded", "partially_succeeded"]);
