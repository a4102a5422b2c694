import type { Rejection } from "../../core/record.js";
import type { RunResult } from "../../delivery/run-result.js";
import type { Tally } from "../../mapping/scope.js";

/** What erasing people came to. Counts and names of audiences, never identifiers. */
export interface ForgetResult {
  /** Nothing was sent or written. */
  readonly dryRun: boolean;
  /** Rows of the file that name somebody. */
  readonly people: number;
  /** Different identifiers. */
  readonly identifiers: number;
  /** Of these, suppressed already. */
  readonly suppressedBefore: number;
  /** Rows of the file of which nobody can be found. */
  readonly rejections: readonly Rejection[];
  /** Values that could not be used, by column and by reason. */
  readonly dropped: Tally["dropped"];
  /** One for each sync that holds some of them, then one of the identifiers as they are given. */
  readonly runs: readonly ForgetRun[];
  /** Rows of theirs that were held of audiences that are gone, and are not any more. */
  readonly droppedRows: number;
  /** Syncs that were running, so that nothing was removed from their audiences. */
  readonly busy: readonly BusySync[];
}

/** A run by which people were removed. */
export interface ForgetRun {
  readonly sync: string;
  readonly result: RunResult;
}

/** A sync that somebody runs. */
export interface BusySync {
  readonly sync: string;
  /** By whom, for people. */
  readonly because: string;
}

/** What erasing people came to in one audience, in rows. */
export interface ErasedAudience {
  readonly target: string;
  /** Rows of theirs that the store held. */
  held: number;
  /** Rows whose removal was planned: those, and the identifiers as they are given. */
  planned: number;
  acknowledged: number;
}

/** What became of each audience, over all runs, by name. */
export function erasedAudiences({ runs }: Pick<ForgetResult, "runs">): readonly ErasedAudience[] {
  const audiences = new Map<string, ErasedAudience>();
  const of = (target: string): ErasedAudience => {
    const known = audiences.get(target) ?? { target, held: 0, planned: 0, acknowledged: 0 };
    audiences.set(target, known);
    return known;
  };
  for (const { result } of runs) {
    for (const { target, rows } of result.mirror?.audiences ?? [])
      if (rows.removals > 0) of(target).held += rows.removals;
    for (const { target, items, acknowledgedItems } of result.targets) {
      of(target).planned += items;
      of(target).acknowledged += acknowledgedItems;
    }
  }
  return [...audiences.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** How erasing people ended; what is open is no success. */
export function forgetStatus(result: ForgetResult): RunResult["status"] {
  const { runs, rejections, dropped, busy } = result;
  const ends = runs.map((run) => run.result.status);
  const worst = (["blocked", "interrupted", "failed"] as const).find((end) => ends.includes(end));
  if (worst === "blocked" || worst === "interrupted") return worst;
  const isWell =
    rejections.length + dropped.size + busy.length === 0 &&
    runs.every((run) => run.result.status === "succeeded");
  if (isWell) return "succeeded";
  const acknowledged = runs.some((run) => run.result.requests.acknowledged > 0);
  return acknowledged || result.dryRun ? "partially_succeeded" : "failed";
}
