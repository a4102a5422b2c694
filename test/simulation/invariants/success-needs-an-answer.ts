import { TAKEN } from "../knowledge.js";
import type { Invariant } from "./invariant.js";

export const successNeedsAnAnswer: Invariant = {
  number: "3",
  says: "no batch is settled as taken without a complete 2xx for that attempt",
  check:
    ({ knowledge }) =>
    (moment) => {
      if (moment.kind !== "settled" || !TAKEN.has(moment.settlement.state)) return undefined;
      const { batchId } = moment.row;
      const last = knowledge.sends.get(batchId)?.at(-1);
      return last?.complete === true
        ? undefined
        : `${batchId} was settled as ${moment.settlement.state}, and Meta never said so`;
    },
};
