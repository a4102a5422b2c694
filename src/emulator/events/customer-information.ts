import { TOO_WEAK_USER_DATA } from "../../generated/constants.js";
import type { EventRule } from "./rule.js";

const WEAK_SETS: readonly ReadonlySet<string>[] = TOO_WEAK_USER_DATA.sets.map(
  (keys) => new Set<string>(keys),
);

/**
 * An event needs more about the customer than any of the weak sets has.
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/best-practices#baseline-requirements-for-matching
 */
export const customerInformation: EventRule = (event) => {
  const present = Object.entries(event.user_data)
    .filter(([, value]) => saysSomething(value))
    .map(([name]) => name);
  return WEAK_SETS.some((weak) => present.every((name) => weak.has(name)))
    ? {
        subcode: TOO_WEAK_USER_DATA.subcode,
        message: "This event has too little customer information",
        advice: "Add a strong identifier such as a hashed e-mail address or phone number.",
        field: ["user_data"],
      }
    : undefined;
};

function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysSomething);
  return value !== undefined && value !== null && value !== "";
}
