import { EXIT } from "../core/catalogue/entry.js";
import type { RunResult } from "../delivery/run-result.js";
import { forgetStatus, type ForgetResult } from "../sync/forget/forget-result.js";
import type { RejectionTolerance } from "./options.js";

export { EXIT };

/** The exit code of erasing people. */
export function exitCodeOfForget(result: ForgetResult): number {
  switch (forgetStatus(result)) {
    case "succeeded":
      return EXIT.ok;
    case "blocked":
      return EXIT.blocked;
    case "interrupted":
      return EXIT.interrupted;
    default:
      return EXIT.findings;
  }
}

/** The exit code that a run's result gives. */
export function exitCodeOf(result: RunResult, tolerance: RejectionTolerance): number {
  if (result.sourceProblem !== undefined) return EXIT.badInput;
  if (result.status === "blocked") return EXIT.blocked;
  if (result.status === "interrupted") return EXIT.interrupted;
  if (result.status !== "succeeded") return EXIT.findings;
  return tolerated(result, tolerance) ? EXIT.ok : EXIT.findings;
}

/** A record that an earlier run rejected for the same reason is no news. */
function tolerated(
  { records, standingRejections }: RunResult,
  tolerance: RejectionTolerance,
): boolean {
  const limit =
    tolerance.kind === "count" ? tolerance.limit : (tolerance.percent / 100) * records.read;
  return records.rejected - standingRejections <= limit;
}
