/** The failures that a result keeps: each kind once, with how often it came. */
import type { FailureCode } from "../core/catalogue/catalogue.js";
import { failureCodeOf, type Evidence } from "../core/outcome.js";
import { safeName } from "../core/redact.js";
import type { Failure } from "./run-result.js";

/** How many kinds of failure a result keeps: memory stays bounded whatever Meta answers. */
const MAX_FAILURES = 50;

/** Why something was not delivered. */
export interface FailureCause {
  readonly code: FailureCode;
  readonly message: string;
  readonly evidence?: Evidence;
}

/** A request that did not succeed. */
export function requestFailure(evidence: Evidence): FailureCause {
  return { code: failureCodeOf(evidence), message: evidence.summary, evidence };
}

/** Counts a failure of a target. */
export function countFailure(
  failures: Failure[],
  name: string,
  { code, message: summary, evidence }: FailureCause,
): void {
  const target = safeName(name);
  const same = failures.find((one) => one.target === target && one.summary === summary);
  if (same !== undefined) same.count += 1;
  else if (failures.length < MAX_FAILURES)
    failures.push({ target, code, summary, evidence, count: 1 });
}
