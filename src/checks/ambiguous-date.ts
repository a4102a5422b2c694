import { hasTwoReadings } from "../normalize/two-readings.js";
import { inMapping, type Check } from "./check.js";
import { scalarsOf } from "./example-values.js";

/** A day that is one in Europe and another in America. */
export const ambiguousDate: Check = {
  code: "check.ambiguous_date",
  severity: "warning",
  run(mapping) {
    return mapping.examples.flatMap(({ givenNode }) =>
      scalarsOf(givenNode)
        .filter(({ value }) => typeof value === "string" && hasTwoReadings(value))
        .map(({ span }) => ({
          message:
            "this date of an example has two readings: day before month, or month before day",
          remedy: "Let the query write dates as `YYYY-MM-DD`, and the example too.",
          place: inMapping(mapping, span),
        })),
    );
  },
};
