import type { Moment } from "../moments.js";
import type { Invariant } from "./invariant.js";

export const statedWaits: Invariant = {
  number: "11",
  says: "no request starts before the wait that Meta stated for its account or pixel is over",
  check: ({ now }) => {
    const blockedUntil = new Map<string, number>();
    return (moment) => {
      // Another process was not told.
      if (moment.kind === "born") blockedUntil.clear();
      if (moment.kind === "answered") {
        const { statedUntil, exchange } = moment.heard;
        const before = blockedUntil.get(exchange.paceKey) ?? 0;
        blockedUntil.set(exchange.paceKey, Math.max(before, statedUntil ?? 0));
      }
      const paceKey = startOf(moment);
      if (paceKey === undefined) return undefined;
      const left = (blockedUntil.get(paceKey) ?? 0) - now();
      return left > 0
        ? `a request started against ${paceKey} while ${String(left)} ms of a stated wait were left`
        : undefined;
    };
  },
};

/** What a request starts against: one that only reads when it leaves, the others earlier. */
function startOf(moment: Moment): string | undefined {
  if (moment.kind === "starts") return moment.paceKey;
  if (moment.kind !== "left") return undefined;
  const { call, paceKey } = moment.exchange;
  return call === "list" || call === "read" ? paceKey : undefined;
}
