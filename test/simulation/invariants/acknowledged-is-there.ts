import { eventKeys } from "../knowledge.js";
import type { Invariant } from "./invariant.js";

export const acknowledgedIsThere: Invariant = {
  number: "1",
  says: "what is delivered is at Meta",
  check:
    ({ knowledge, meta }) =>
    (moment) => {
      if (moment.kind !== "settled" || moment.settlement.state !== "succeeded") return undefined;
      const sent = knowledge.sends.get(moment.row.batchId)?.at(-1)?.sent;
      const missing = (sent === undefined ? [] : eventKeys(sent)).find((key) => {
        const [pixel = "", ...rest] = key.split(" ");
        return (meta.pixel(pixel).counted.get(rest.join(" ")) ?? 0) === 0;
      });
      return missing === undefined
        ? undefined
        : `${missing} counts as delivered, and Meta has not got it`;
    },
};
