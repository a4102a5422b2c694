import type { Event } from "../../generated/graph.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";
import { age } from "./age.js";
import { customerInformation } from "./customer-information.js";
import { requiredCustomData } from "./required-custom-data.js";
import type { EventRule } from "./rule.js";

const RULES: readonly EventRule[] = [age, customerInformation, requiredCustomData];

/**
 * The refusal that the first faulty event brings on all of them.
 *
 * @param now Unix seconds
 */
export function checkEvents(events: readonly Event[], now: number): Refusal | undefined {
  for (const [index, event] of events.entries()) {
    for (const rule of RULES) {
      const fault = rule(event, now);
      if (fault === undefined) continue;
      return invalidParameter(fault.message, ["data", index, ...fault.field], {
        subcode: fault.subcode,
        advice: fault.advice,
      });
    }
  }
  return undefined;
}
