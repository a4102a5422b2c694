import type { StoreStatus } from "../report/store-status.js";
import type { LoggedBatch } from "../store/ledger.js";
import type { LoggedRun } from "../store/run-log.js";
import type { Store } from "../store/store.js";

/** How many runs and open requests are shown. */
const SHOWN = 10;

/** Among so many runs the last one of each sync is looked for. */
const LOOKED_AT = 200;

/** More requests than anybody counts. */
const MANY = 1_000_000;

/** Reads what `status` tells. @param now milliseconds since the epoch */
export async function readStatus(store: Store, now: number): Promise<StoreStatus> {
  const runs = await store.runs.list(LOOKED_AT);
  const batches = await store.ledger.list({ limit: MANY });
  const targets = await store.targets.list();
  return {
    runs: runs.slice(0, SHOWN),
    latest: latestOfEach(runs),
    events: await store.events.counts(now),
    open: batches.filter(isOpen).slice(0, SHOWN),
    leftBehind: leftBehind(batches, latestOfEach(runs)),
    rejects: await store.rejects.counts({}),
    creating: targets.filter(({ audienceId }) => audienceId === undefined),
  };
}

/** Every request with events that are neither delivered nor refused, or whose process ended with it. */
export async function openBatches(store: Store): Promise<readonly LoggedBatch[]> {
  const undecided = await store.ledger.list({
    states: ["unknown", "failed", "sending"],
    limit: MANY,
  });
  return undecided.filter(isOpen);
}

/** @param runs newest first */
function latestOfEach(runs: readonly LoggedRun[]): readonly LoggedRun[] {
  const latest = new Map<string, LoggedRun>();
  for (const run of runs) if (!latest.has(run.sync)) latest.set(run.sync, run);
  return [...latest.values()];
}

/** What an operator may still decide about; a split request stands as its parts do. */
const MAY_BE_OPEN: ReadonlySet<LoggedBatch["state"]> = new Set(["unknown", "failed"]);

/** A request found being sent was left so by a process that ended; the next run counts its events. */
function isOpen({ state, openEvents }: LoggedBatch): boolean {
  return state === "sending" || (MAY_BE_OPEN.has(state) && openEvents > 0);
}

/** The syncs of `sync --records`, whose every run may have other records. */
const OF_RECORDS = "records:";

/** Nothing is known of what became of these, or they were not sent. */
const UNDECIDED: ReadonlySet<LoggedBatch["state"]> = new Set([
  ...(["unknown", "failed", "sending", "superseded"] as const),
]);

/**
 * How many requests of earlier runs are open. Events that surely did not arrive are so wherever they were
 * last (others are counted as unanswered or in doubt); people are as long as no later run has sent
 * anything of their lane, which goes on from there or sends all of it.
 *
 * @param batches newest first
 */
function leftBehind(
  batches: readonly LoggedBatch[],
  latest: readonly LoggedRun[],
): ReadonlyMap<string, number> {
  const lastRuns = new Map(latest.map(({ sync, runId }) => [sync, runId]));
  const lanes = new Map<string, number>();
  const left = new Map<string, number>();
  for (const { sync, surface, target, runId, state, openEvents } of batches) {
    const lane = JSON.stringify([sync, target]);
    const laneRun = lanes.get(lane) ?? runId;
    lanes.set(lane, laneRun);
    const isOpen = surface === "events" ? state === "failed" && openEvents > 0 : runId === laneRun;
    if (
      sync.startsWith(OF_RECORDS) &&
      UNDECIDED.has(state) &&
      isOpen &&
      runId !== lastRuns.get(sync)
    )
      left.set(sync, (left.get(sync) ?? 0) + 1);
  }
  return left;
}
