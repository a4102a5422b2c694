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
 * answered, whatever an operator has decided about it since: until then anything else that is sent
 * there might be undone. There is at most one such request, since the lane of an audience goes no
 * further after one.
 */
export async function unansweredUntil(
  target: string,
  { run, ledger, timeoutMs }: EarlierAnswers,
): Promise<number | undefined> {
  const latest = await ledger.list({
    sync: run.sync,
    target,
    states: UNCONFIRMED,
    limit: LOOK_BACK,
  });
  const batch = latest.find(({ attempts }) => attempts > 0);
  if (batch === undefined) return undefined;
  const last = (await ledger.attempts(batch.batchId)).at(-1);
  const isAnswered = last?.evidence !== undefined && last.evidence.outcome !== "unknown";
  return last === undefined || isAnswered ? undefined : last.sentAt + timeoutMs;
}

/** What a request is that nobody answered, or one that an operator gave up or let go again. */
const UNCONFIRMED = ["unknown", "failed", "skipped"] as const;

/** So many that one of them was sent: of a run that only carried some, the first is open. */
const LOOK_BACK = 20;
