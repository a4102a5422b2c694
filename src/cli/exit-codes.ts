import type { ErrorCode } from "../core/catalogue/catalogue.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { EXIT } from "../core/exit.js";
import type { RunResult } from "../delivery/run-result.js";
import { forgetStatus, type ForgetResult } from "../sync/forget/forget-result.js";
import type { RejectionTolerance } from "./options.js";

export { EXIT };

/** The exit code of an error, by the catalogue, which is loaded only when there is one. */
export async function exitCodeOfError(code: ErrorCode): Promise<number> {
  const { exitOf } = await import("../core/catalogue/catalogue.js");
  return exitOf(code);
}

/** The exit code of what was found in files: that of the worst error; warnings stop nothing. */
export async function exitCodeOfDiagnostics(diagnostics: readonly Diagnostic[]): Promise<number> {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const codes = await Promise.all(errors.map(({ code }) => exitCodeOfError(code)));
  return Math.max(EXIT.ok, ...codes);
}

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
export async function exitCodeOf(
  result: RunResult,
  tolerance: RejectionTolerance,
): Promise<number> {
  if (result.sourceProblem !== undefined) return exitCodeOfDiagnostics([result.sourceProblem]);
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
