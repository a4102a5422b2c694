import type { Ledger } from "../store/ledger.js";

/** What looking back at the requests of earlier runs needs. */
export interface EarlierAnswers {
  readonly ledger: Pick<Ledger, "list" | "attempts">;
}

/**
 * The instant until which Meta may still carry out what anybody sent to an audience and nobody has answered,
 * whatever an operator has decided about it since: until then anything else that is sent there might be
 * undone. Each sync has at most one such request there, since its lane goes no further after one.
 *
 * @param path of the requests
 */
export async function unansweredUntil(
  path: string,
  { ledger }: EarlierAnswers,
): Promise<number | undefined> {
  const batches = await ledger.list({ path, states: UNCONFIRMED, sent: true, limit: LOOKED_AT });
  const deadlines: number[] = [];
  for (const { batchId } of batches) {
    const last = (await ledger.attempts(batchId)).at(-1);
    const isAnswered = last?.evidence !== undefined && last.evidence.outcome !== "unknown";
    if (last !== undefined && !isAnswered) deadlines.push(last.deadline);
  }
  return deadlines.length === 0 ? undefined : Math.max(...deadlines);
}

/**
 * What a request is that nobody answered, another sync's that is under way among them, or one that an
 * operator gave up or let go again.
 */
const UNCONFIRMED = ["sending", "unknown", "failed", "skipped"] as const;

/** More syncs than anybody points at one audience. */
const LOOKED_AT = 16;
