import { ASKED_FIELDS } from "../generated/constants.js";
import { inMapping, type Check } from "./check.js";
import { canWrite, fieldAt, knownValues, placeOf } from "./possible.js";

/**
 * What Meta asks of events from a website, an app or a chat and yet takes them without.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/best-practices
 */
export const missingForActionSource: Check = {
  code: "check.missing_for_action_source",
  severity: "warning",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const { event } = mapping;
    const sources = new Set(knownValues(fieldAt(event, ["action_source"])?.form, context));
    const place = inMapping(mapping, placeOf(event, ["action_source"]));
    return Object.entries(ASKED_FIELDS)
      .filter(([source]) => sources.has(source))
      .flatMap(([source, fields]) =>
        fields
          .filter((field) => !canWrite(event, field.split("."), context))
          .map((field) => ({
            message: `\`${source}\` events go out without \`${field}\`, for which Meta asks`,
            remedy: remedyFor(field),
            place,
          })),
      );
  },
};

function remedyFor(field: string): string {
  const name = field.slice(field.lastIndexOf(".") + 1);
  const around = field.slice(0, -name.length - 1);
  const where = around === "" ? "Write" : `In \`${around}\` write`;
  return `${where} \`${name}:\` with where it stands in the record, and let the source bring it.`;
}
