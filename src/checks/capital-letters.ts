import type { ValueForm } from "../mapping/form.js";
import { metaRuleOf } from "../normalize/index.js";
import { inMapping, type Check } from "./check.js";
import { isGivenByRecords, leavesOfMapping } from "./leaves.js";
import { normalizedBy } from "./tried-normalizers.js";

/**
 * Meta hashes in lower case; a digest of other letters finds nobody.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 */
export const capitalLetters: Check = {
  code: "check.capital_letters",
  severity: "warning",
  run(mapping, context) {
    return leavesOfMapping(mapping, context)
      .filter((form) => isText(form) && /\p{Lu}/u.test(normalizedBy(form, "Ab")))
      .map((form) => ({
        message: `\`${form.at}\` is hashed with its capital letters, and Meta hashes lower case: such a digest finds nobody`,
        remedy: `Write \`normalize: ${ruleOf(form)}\`, unless the records hold digests already.`,
        place: inMapping(mapping, form.span),
      }));
  },
};

/** Numbers of telephones and days of birth have no letters. */
function isText(form: ValueForm): boolean {
  const { field } = form;
  const numeric = field.names.some((name) => /phone|birth/.test(name));
  return field.hash === "required" && isGivenByRecords(form) && !numeric;
}

/** Lower case is all that an address needs, and not enough for a city. */
function ruleOf({ field }: ValueForm): string {
  const [name = ""] = field.names;
  return metaRuleOf(name) ?? "lowercase";
}
