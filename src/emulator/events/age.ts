import { MAX_EVENT_AGE_SECONDS } from "../../generated/constants.js";
import { byActionSource } from "../../surfaces/by-action-source.js";
import type { EventRule } from "./rule.js";

const maxAge = byActionSource(MAX_EVENT_AGE_SECONDS);

/**
 * One event that is too old fails its whole request.
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api
 */
export const age: EventRule = (event, now) =>
  now - event.event_time <= maxAge(event.action_source)
    ? undefined
    : {
        subcode: 2804003,
        message: "The timestamp of this event is too far in the past",
        advice: "Send events within seven days, those of physical stores within 62.",
        field: ["event_time"],
      };
