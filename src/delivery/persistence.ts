/** Calls about audiences, which carry no records: they wait for their turn and are tried again. */
import type { Outcome } from "../core/outcome.js";
import type { Clock, Random, Sleep } from "../core/ports.js";
import type { Answer } from "../graph/answer.js";
import { CLASS_EFFECTS } from "../graph/class-effects.js";
import type { GraphClient } from "../graph/client.js";
import type { Waiting } from "./delivered.js";
import type { Pacer } from "./pacer.js";
import { backoff, isThrottled, mayTryAgain, type RetryPolicy } from "./retry-policy.js";

/** What a call needs to persist. */
export interface Persistence {
  readonly pacer: Pacer;
  /** The ad account. */
  readonly paceKey: string;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: Random;
  readonly retry: RetryPolicy;
  /** For one exchange, in ms: after it Meta has got a request or never will. */
  readonly timeoutMs: number;
  /** Aborts when the run stops. */
  readonly signal: AbortSignal;
  readonly onWait: (waiting: Waiting) => void;
}

/**
 * Makes a call until its outcome is no passing failure any more, or the patience ends; gives what
 * came last.
 *
 * @param failure the outcome by which a result failed, if it did
 */
export async function persistently<T>(
  call: () => Promise<T>,
  failure: (result: T) => Outcome | undefined,
  options: Persistence,
): Promise<T> {
  const { pacer, paceKey, retry, signal } = options;
  const attempts: Outcome[] = [];
  for (;;) {
    const result = await call();
    const outcome = failure(result);
    if (outcome === undefined) return result;
    attempts.push(outcome);
    const throttled = isThrottled(outcome);
    if (throttled) pacer.throttled(paceKey, outcome.evidence.retryAfterMs ?? 0);
    if (signal.aborted || !mayPass(outcome) || !mayTryAgain(attempts, retry)) return result;
    if (!throttled) await pause(attempts.length, options);
  }
}

/**
 * The same client, whose calls about audiences wait for their turn, each of them: a look-up takes
 * several. Once the run has stopped none is made any more.
 */
export function callsInTurn(client: GraphClient, options: Persistence): GraphClient {
  const inTurn = async (call: () => Promise<Answer>) => ((await turn(options)) ? call() : NOT_MADE);
  return {
    ...client,
    listAudiences: (...of) => inTurn(() => client.listAudiences(...of)),
    readAudience: (...of) => inTurn(() => client.readAudience(...of)),
    createAudience: (...of) => inTurn(() => client.createAudience(...of)),
  };
}

const NOT_MADE: Answer = {
  kind: "no_answer",
  reason: "never_connected",
  detail: "the run stopped before the call's turn came",
};

/** Waits before a call is made once more. @param attempt the one that failed, from 1 */
export async function pause(attempt: number, options: Persistence): Promise<void> {
  await wait(backoff(attempt, options.retry, options.random), "retry", options);
}

/** Waits until Meta has done what nobody heard of, or never will. */
export async function rest(deadline: number, options: Persistence): Promise<void> {
  await wait(deadline - options.clock(), "lost_answer", options);
}

/** Waits until a call may start, and starts it; false when the run stopped first. */
async function turn(options: Persistence): Promise<boolean> {
  const { pacer, paceKey, clock, signal } = options;
  // What was slept counts even where the clock stands still.
  for (let reached = clock(); !signal.aborted;) {
    const readyAt = pacer.readyAt(paceKey);
    reached = Math.max(reached, clock());
    if (readyAt <= reached) {
      pacer.started(paceKey);
      return true;
    }
    const because = pacer.isBlocked(paceKey) ? "throttled" : "paced";
    await wait(readyAt - reached, because, options);
    reached = readyAt;
  }
  return false;
}

function mayPass(outcome: Outcome): boolean {
  if (outcome.kind === "unknown") return CLASS_EFFECTS.unknown.retry;
  return outcome.kind === "retryable" && CLASS_EFFECTS[outcome.class].retry;
}

async function wait(
  ms: number,
  because: Waiting["because"],
  { clock, sleep, signal, onWait, paceKey }: Persistence,
): Promise<void> {
  if (ms <= 0) return;
  onWait({ target: paceKey, until: clock() + ms, because });
  await sleep(ms, signal);
}
