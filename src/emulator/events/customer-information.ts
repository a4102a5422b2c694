import type { EventRule } from "./rule.js";

/** Sets of keys that are too weak to find a person, alone or in part. */
const TOO_WEAK: readonly ReadonlySet<string>[] = [
  new Set(["ct", "country", "st", "zp", "ge", "client_user_agent"]),
  new Set(["db", "client_user_agent"]),
  new Set(["fn", "ge"]),
  new Set(["ln", "ge"]),
];

/**
 * An event needs more about the customer than any of the weak sets has.
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/best-practices#baseline-requirements-for-matching
 */
export const customerInformation: EventRule = (event) => {
  const present = Object.entries(event.user_data)
    .filter(([, value]) => saysSomething(value))
    .map(([name]) => name);
  return TOO_WEAK.some((weak) => present.every((name) => weak.has(name)))
    ? {
        subcode: 2804050,
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
