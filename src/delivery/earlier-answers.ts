import type { Ledger } from "../store/ledger.js";
import type { Run } from "./run.js";

/** What looking back at the requests of earlier runs needs. */
export interface EarlierAnswers {
  readonly run: Run;
  readonly ledger: Pick<Ledger, "list" | "attempts">;
  /** For one exchange, in ms: after it Meta has got a request or never will. */
  readonly timeoutMs: number;
}

/**
 * The instant until which Meta may still carry out what an earlier run sent to a target and nobody
 * answered: until then anything else that is sent there might be undone. There is at most one such
 * request, since the lane of an audience goes no further after one.
 */
export async function unansweredUntil(
  target: string,
  { run, ledger, timeoutMs }: EarlierAnswers,
): Promise<number | undefined> {
  const states = ["unknown"] as const;
  const [batch] = await ledger.list({ sync: run.sync, target, states, limit: 1 });
  if (batch === undefined) return undefined;
  const last = (await ledger.attempts(batch.batchId)).at(-1);
  return last === undefined ? undefined : last.sentAt + timeoutMs;
}
