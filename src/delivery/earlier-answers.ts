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
  const deadlines: number[] = [];
  for (const one of pathsOfAudience(path)) {
    const filter = { path: one, states: UNCONFIRMED, sent: true, limit: LOOKED_AT } as const;
    for (const { batchId } of await ledger.list(filter)) {
      const last = (await ledger.attempts(batchId)).at(-1);
      const isAnswered = last?.evidence !== undefined && last.evidence.outcome !== "unknown";
      if (last !== undefined && !isAnswered) deadlines.push(last.deadline);
    }
  }
  return deadlines.length === 0 ? undefined : Math.max(...deadlines);
}

/**
 * Whether Meta refused what was sent to replace everybody in an audience, and nobody was sent there since:
 * requests of a session are not parted, so that what is wrong is found by others.
 */
export async function isReplaceRefused(
  audienceId: string,
  { ledger }: Pick<EarlierAnswers, "ledger">,
): Promise<boolean> {
  const latest = async (edge: string) =>
    (await ledger.list({ path: `//${audienceId}/${edge}`, sent: true, limit: 1 })).at(0);
  const replace = await latest("usersreplace");
  if (replace?.state !== "rejected") return false;
  const others = await latest("users");
  return others === undefined || others.runId < replace.runId;
}

/** Where people of an audience are sent, given one of these paths. */
function pathsOfAudience(path: string): readonly string[] {
  const [, audience] = /^(.*)\/users(?:replace)?$/.exec(path) ?? [];
  return audience === undefined ? [path] : [`${audience}/users`, `${audience}/usersreplace`];
}

/**
 * What a request is that nobody answered, another sync's that is under way among them, or one that an
 * operator gave up or let go again.
 */
const UNCONFIRMED = ["sending", "unknown", "failed", "skipped"] as const;

/** More syncs than anybody points at one audience. */
const LOOKED_AT = 16;
