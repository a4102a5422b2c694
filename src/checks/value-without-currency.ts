import { inMapping, type Check } from "./check.js";
import { lackingInCustomData } from "./required-custom-data.js";
import { canWrite, placeOf } from "./possible.js";

const VALUE = ["custom_data", "value"];
const CURRENCY = ["custom_data", "currency"];

/** An amount of which nobody knows in what money. */
export const valueWithoutCurrency: Check = {
  code: "check.value_without_currency",
  severity: "warning",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const { event } = mapping;
    if (!canWrite(event, VALUE, context) || canWrite(event, CURRENCY, context)) return [];
    if (lackingInCustomData(event, context).length > 0) return []; // said already, and as an error
    return [
      {
        message: "`custom_data.value` goes out without a `currency`",
        remedy:
          "Write `currency:` beside it: a path, or for a shop with one currency `{value: EUR}`.",
        place: inMapping(mapping, placeOf(event, VALUE)),
      },
    ];
  },
};
