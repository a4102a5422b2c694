import type { RunResult } from "../../../src/delivery/run-result.js";

/** What is known of a run beyond its result. */
export interface MirrorRun {
  /** What Meta refused for itself in it. */
  newRejects: number;
}

/** Whether a run has left nothing that a second one would send. */
export function isClean(
  { records, stopped, sourceProblem, mirror }: RunResult,
  { newRejects }: MirrorRun,
): boolean {
  const open = records.unknown + records.failed + records.notSent + newRejects;
  return (
    open === 0 &&
    stopped === undefined &&
    sourceProblem === undefined &&
    mirror?.openRemovals === 0 &&
    mirror.audiences.every(({ guarded }) => guarded === undefined)
  );
}
