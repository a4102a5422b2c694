import type { Event } from "../../generated/graph.js";
import type { EventRule } from "./rule.js";

/**
 * A purchase says what it was worth; 0 is a value.
 * @see https://developers.facebook.com/documentation/meta-pixel/reference
 */
export const purchaseValue: EventRule = (event) =>
  lacks(event, "value")
    ? {
        subcode: 2804009,
        message: "A purchase needs a value",
        advice: "Send `custom_data.value` as a number.",
        field: ["custom_data", "value"],
      }
    : undefined;

/** A purchase says in which currency. */
export const purchaseCurrency: EventRule = (event) =>
  lacks(event, "currency")
    ? {
        subcode: 2804010,
        message: "A purchase needs a currency",
        advice: "Send `custom_data.currency` as an ISO 4217 code.",
        field: ["custom_data", "currency"],
      }
    : undefined;

function lacks(event: Event, field: "value" | "currency"): boolean {
  if (event.event_name !== "Purchase") return false;
  const value: unknown = event.custom_data?.[field];
  return value === undefined || value === null || value === "";
}
