/** How often a request is tried, and how long is waited in between. */
import type { Random } from "../core/ports.js";
import type { Outcome } from "../core/outcome.js";

/** The limits of trying again. They are this package's own; what Meta states comes on top. */
export interface RetryPolicy {
  /** Attempts of one request, but for those that were throttled. */
  readonly maxAttempts: number;
  /** Throttled attempts of one request. */
  readonly maxThrottled: number;
  /** The first wait is at most this long, each further one at most twice as long, in ms. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** Repeats that a run may spend before successes earn it more. */
  readonly runBudget: number;
  /** Requests that may be spent to find the bad records of one refused batch. */
  readonly isolationBudget: number;
}

/** Patient enough for an outage of some minutes, and for an hour of throttling. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 6,
  maxThrottled: 12,
  baseMs: 1_000,
  maxMs: 60_000,
  runBudget: 100,
  isolationBudget: 150,
};

/**
 * Full jitter: anything between nothing and the ceiling, which doubles with each attempt, so that
 * many clients that failed together do not come back together.
 *
 * @param attempt the one that failed, from 1
 * @returns milliseconds
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoff(
  attempt: number,
  { baseMs, maxMs }: Pick<RetryPolicy, "baseMs" | "maxMs">,
  random: Random,
): number {
  return Math.floor(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
}

/** Whether a request may be tried once more after these attempts, as far as their number goes. */
export function mayTryAgain(attempts: readonly Outcome[], policy: RetryPolicy): boolean {
  const throttled = attempts.filter(isThrottled).length;
  return throttled < policy.maxThrottled && attempts.length - throttled < policy.maxAttempts;
}

/** Whether Meta answered that a limit is used up. */
export function isThrottled(outcome: Outcome): boolean {
  return outcome.kind === "retryable" && outcome.class === "throttle";
}

/**
 * The repeats that a run has left. A success earns half a repeat: a run of any length copes with a
 * share of failures, and one that meets nothing but failures ends soon.
 */
export class RepeatBudget {
  private left: number;

  constructor(private readonly size: number) {
    this.left = size;
  }

  /** Takes one repeat; false when none is left. */
  take(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  earn(): void {
    this.left = Math.min(this.size, this.left + 0.5);
  }
}
