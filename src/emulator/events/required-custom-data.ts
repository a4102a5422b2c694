import { REQUIRED_CUSTOM_DATA } from "../../generated/constants.js";
import type { EventRule } from "./rule.js";

/** Key and subcode, by event name. */
const REQUIRED = new Map<string, readonly [string, number][]>(
  Object.entries(REQUIRED_CUSTOM_DATA).map(([name, keys]) => [name, Object.entries(keys)]),
);

/**
 * A purchase says what it was worth, and in which currency; 0 is a value.
 * @see https://developers.facebook.com/documentation/meta-pixel/reference
 */
export const requiredCustomData: EventRule = ({ event_name: name, custom_data: about }) => {
  for (const [key, subcode] of REQUIRED.get(name) ?? []) {
    if (saysSomething(about?.[key])) continue;
    return {
      subcode,
      message: `A ${name} needs a ${key}`,
      advice: `Send \`custom_data.${key}\` with every ${name}.`,
      field: ["custom_data", key],
    };
  }
  return undefined;
};

function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
