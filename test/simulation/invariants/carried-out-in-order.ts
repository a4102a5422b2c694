import type { Exchange } from "../moments.js";
import type { Invariant } from "./invariant.js";

export const carriedOutInOrder: Invariant = {
  number: "5c",
  says: "an audience is sent nothing as long as Meta may still carry out what was sent to it before",
  check: ({ schedule }) => {
    /** By audience: the request that left last, of whichever process. */
    const latest = new Map<string, Exchange>();
    return (moment) => {
      if (schedule.surface === "events") return undefined;
      if (moment.kind !== "left" && moment.kind !== "done") return undefined;
      const { exchange } = moment;
      if (exchange.sent === undefined) return undefined;
      const { request, row } = exchange.sent;
      if (moment.kind === "left") latest.set(request.id, exchange);
      const last = latest.get(request.id);
      return last === exchange
        ? undefined
        : `${row?.batchId ?? "a request"} was carried out after ${last?.sent?.row?.batchId ?? "another"} had left`;
    };
  },
};
