import type { ValueForm } from "../mapping/form.js";
import { metaRuleOf, NORMALIZERS, type NormalizerName } from "../normalize/index.js";
import { inMapping, type Check } from "./check.js";
import { isGivenByRecords, leavesOfMapping } from "./leaves.js";
import { normalizedBy, TRIED_COUNTRY } from "./tried-normalizers.js";

/** A value of each identifier type that a lazy normaliser gets wrong; all of them made up. */
const SAMPLES: ReadonlyMap<string, string> = new Map([
  ["email", "ann@example.test"],
  ["phone", "+1 650 555 0123"],
  ["phone_e164", "+16505550123"],
  ["first_name", "Mary-Ann"],
  ["last_name", "O'Connor"],
  ["first_initial", "M"],
  ["f5_first", "Georg"],
  ["f5_last", "Smith"],
  ["gender", "Female"],
  ["date_of_birth", "1997-02-16"],
  ["date_of_birth_year", "1997"],
  ["date_of_birth_month", "2"],
  ["date_of_birth_day", "9"],
  ["city", "New York"],
  ["state", "New York"],
  ["zip_code", "60601-9999"],
  ["country", "US"],
]);

/**
 * Values that are hashed in another form than that in which Meta hashes them: by the rule of another
 * field, or by steps that do half of what Meta's rule does.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 */
export const otherForm: Check = {
  code: "check.other_form",
  severity: "warning",
  run(mapping, context) {
    return leavesOfMapping(mapping, context).flatMap((form) => {
      const rule = ruleOf(form);
      const wrong = rule && triedOn(form, rule).find(({ own, wanted }) => own !== wanted);
      if (rule === undefined || wrong === undefined || isToldElsewhere(wrong.own)) return [];
      return [
        {
          message: `\`${form.at}\` ${whatComesOf(wrong)}`,
          remedy: `Write \`normalize: ${rule}\`, unless the records hold Meta's form or digests already.`,
          place: inMapping(mapping, form.span),
        },
      ];
    });
  },
};

/** Meta's rule for what a field takes hashed from the records. */
function ruleOf(form: ValueForm): NormalizerName | undefined {
  const [name = ""] = form.field.names;
  return form.steps.hash && isGivenByRecords(form) ? metaRuleOf(name) : undefined;
}

interface Tried {
  readonly sample: string;
  /** Blank when the mapping drops it. */
  readonly own: string;
  readonly wanted: string;
}

/** What comes of a sample of each type that the form reads, or else of what its field is named for. */
function triedOn(form: ValueForm, rule: NormalizerName): readonly Tried[] {
  const { source, field } = form;
  const types =
    source.kind === "identifier" ? source.types.filter((type) => SAMPLES.has(type)) : [];
  return (types.length > 0 ? types : field.names.slice(0, 1)).flatMap((type) => {
    const sample = SAMPLES.get(type) ?? "";
    const wanted = NORMALIZERS[rule](sample, TRIED_COUNTRY);
    return typeof wanted === "string" ? [{ sample, own: normalizedBy(form, sample), wanted }] : [];
  });
}

/** By `check.capital_letters` and `check.phone_plus`. */
function isToldElsewhere(own: string): boolean {
  return /[\p{Lu}+]/u.test(own);
}

function whatComesOf({ sample, own, wanted }: Tried): string {
  return own === ""
    ? `leaves \`${sample}\` out, and Meta hashes it as \`${wanted}\``
    : `hashes \`${sample}\` as \`${own}\`, and Meta as \`${wanted}\`: such a digest finds nobody`;
}
