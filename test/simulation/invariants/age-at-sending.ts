import { MAX_EVENT_AGE_SECONDS } from "../../../src/generated/constants.js";
import { byActionSource } from "../../../src/surfaces/by-action-source.js";
import type { Invariant, ScheduleFacts } from "./invariant.js";

const limitOf = byActionSource(MAX_EVENT_AGE_SECONDS);

export const ageAtSending: Invariant<ScheduleFacts> = {
  number: "9",
  says: "no event older than its limit at the instant of sending is sent",
  check:
    ({ now, schedule }) =>
    (moment) => {
      // What the user narrows is held to when a request starts: a moment before it leaves.
      const own = (schedule.maxAgeSeconds ?? Infinity) + 1;
      const request = moment.kind === "left" ? moment.exchange.sent?.request : undefined;
      if (request?.kind !== "events") return undefined;
      const old = request.items.find(
        ({ time, actionSource }) => now() / 1000 - time > Math.min(limitOf(actionSource), own),
      );
      return old === undefined ? undefined : `${old.key} was too old when it left`;
    },
};
