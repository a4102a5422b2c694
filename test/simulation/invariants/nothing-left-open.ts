import type { Invariant } from "./invariant.js";

const OPEN: ReadonlySet<string> = new Set(["pending", "sending"]);

export const nothingLeftOpen: Invariant = {
  number: "18",
  says: "after a run no batch is `pending` or `sending`, and none has items",
  check:
    ({ tables }) =>
    (moment) => {
      if (moment.kind !== "run_ended") return undefined;
      for (const { batchId, state, items, folded } of tables.batches.values()) {
        if (OPEN.has(state)) return `${batchId} is still ${state}`;
        if (!folded || items.length > 0) return `${batchId} is not folded`;
      }
      return undefined;
    },
};
