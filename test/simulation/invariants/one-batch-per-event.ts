import { eventKeys } from "../knowledge.js";
import type { Check, Invariant } from "./invariant.js";

export const oneBatchPerEvent: Invariant = {
  number: "8a",
  says: "one run sends an event in one planned batch, however often its source holds it",
  check: (): Check => {
    const batchOf = new Map<string, string>();
    return (moment) => {
      if (moment.kind === "born") batchOf.clear();
      const sent = moment.kind === "left" ? moment.exchange.sent : undefined;
      if (sent?.row === undefined) return undefined;
      const batchId = sent.row.parent ?? sent.row.batchId;
      for (const key of eventKeys(sent)) {
        const other = batchOf.get(key) ?? batchId;
        batchOf.set(key, batchId);
        if (other !== batchId) return `${key} left in ${batchId}, and in ${other} before`;
      }
      return undefined;
    };
  },
};
