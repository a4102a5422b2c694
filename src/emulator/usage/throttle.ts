import type { Refusal } from "../answers/refusal.js";
import type { Share, Usage } from "./usage.js";

/** The refusal of a call above a limit, the ad account's before the app's; `undefined` below both. */
export function throttleRefusal({ app, account }: Usage): Refusal | undefined {
  if (account !== undefined && account.regainMinutes > 0) return limitReached(80003);
  return app.regainMinutes > 0 ? limitReached(4) : undefined;
}

/** A call that is throttled although nothing is used up: by its ad account, if it has one, else by the app. */
export function throttledAnyway(accountId: string | undefined): {
  readonly usage: Usage;
  readonly refusal: Refusal;
} {
  const full: Share = { percent: 100, regainMinutes: 1 };
  return accountId === undefined
    ? { usage: { app: full, account: undefined }, refusal: limitReached(4) }
    : {
        usage: { app: { percent: 0, regainMinutes: 0 }, account: { id: accountId, ...full } },
        refusal: limitReached(80003),
      };
}

function limitReached(code: 4 | 80003): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code,
    message: `(#${String(code)}) ${LIMITS[code]}`,
    advice: "Wait for as long as the usage headers say.",
  };
}

const LIMITS = {
  4: "Application request limit reached",
  80003: "There have been too many calls to this ad account for custom audiences",
} as const;
