import type { Exchange } from "../moments.js";
import type { Invariant } from "./invariant.js";

export const oneOpenRequest: Invariant = {
  number: "5",
  says: "per audience or pixel at most one request is open",
  check: () => {
    const open = new Map<string, Exchange>();
    return (moment) => {
      if (moment.kind === "born") open.clear();
      if (moment.kind === "answered") open.delete(moment.heard.exchange.sent?.request.id ?? "");
      if (moment.kind !== "left" || moment.exchange.sent === undefined) return undefined;
      const { request, row } = moment.exchange.sent;
      const other = open.get(request.id);
      open.set(request.id, moment.exchange);
      return other === undefined
        ? undefined
        : `${row?.batchId ?? "a request"} left while ${other.sent?.row?.batchId ?? "another"} was open`;
    };
  },
};
