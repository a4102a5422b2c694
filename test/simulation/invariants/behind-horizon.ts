import type { Invariant } from "./invariant.js";

export const behindHorizon: Invariant = {
  number: "9",
  says: "no event that happened before the horizon of its sync, or at it, is sent",
  check:
    ({ tables }) =>
    (moment) => {
      const sent = moment.kind === "left" ? moment.exchange.sent : undefined;
      if (sent?.request.kind !== "events" || sent.row === undefined) return undefined;
      const { horizon = -Infinity } = tables.syncs.get(sent.row.sync) ?? {};
      const forgotten = sent.request.items.find(({ time }) => time <= horizon);
      return forgotten === undefined
        ? undefined
        : `${forgotten.key} left, and the horizon is ${String(horizon)}`;
    },
};
