import type { Ledger } from "../store/ledger.js";
import type { Run } from "./run.js";

/** What looking back at the requests of earlier runs needs. */
export interface EarlierAnswers {
  readonly run: Run;
  readonly ledger: Pick<Ledger, "list" | "attempts">;
}

/**
 * The instant until which Meta may still carry out what an earlier run sent to a target and nobody
 * answered, whatever an operator has decided about it since: until then anything else that is sent
 * there might be undone. There is at most one such request, since the lane of an audience goes no
 * further after one.
 */
export async function unansweredUntil(
  target: string,
  { run, ledger }: EarlierAnswers,
): Promise<number | undefined> {
  const { sync } = run;
  const [batch] = await ledger.list({ sync, target, states: UNCONFIRMED, sent: true, limit: 1 });
  if (batch === undefined) return undefined;
  const last = (await ledger.attempts(batch.batchId)).at(-1);
  const isAnswered = last?.evidence !== undefined && last.evidence.outcome !== "unknown";
  return last === undefined || isAnswered ? undefined : last.deadline;
}

/** What a request is that nobody answered, or one that an operator gave up or let go again. */
const UNCONFIRMED = ["unknown", "failed", "skipped"] as const;
