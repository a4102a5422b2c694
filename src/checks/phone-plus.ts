import { inMapping, type Check } from "./check.js";
import { leavesOfMapping } from "./leaves.js";
import { normalizedBy } from "./tried-normalizers.js";

/** A number that nobody has: `555 01…` is kept free for fiction. */
const SAMPLE = "+16505550123";

/**
 * Telephone numbers that are hashed with their `+`, as the contract mappings do on purpose.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 */
export const phonePlus: Check = {
  code: "check.phone_plus",
  severity: "warning",
  run(mapping, context) {
    return leavesOfMapping(mapping, context)
      .filter((form) => form.field.names.includes("phone") && form.source.kind !== "constant")
      .filter((form) => normalizedBy(form, SAMPLE).includes("+"))
      .map((form) => ({
        message: `\`${form.at}\` hashes telephone numbers with their \`+\`, and Meta hashes digits only: such a digest finds nobody`,
        remedy:
          "Write `normalize: meta_phone`, as the shipped `events.meta` and `custom_audiences.meta` do, unless the records hold digests already.",
        place: inMapping(mapping, form.span),
      }));
  },
};
