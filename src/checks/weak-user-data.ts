import { isTooWeak, STRONGER_KEYS, tooWeakMessage } from "../surfaces/weak-user-data.js";
import { inMapping, type Check, type CheckContext } from "./check.js";
import type { ObjectForm } from "../mapping/form.js";
import { canHaveValue, fieldAt, fieldsOf } from "./possible.js";

/** Events that find nobody, whatever their records hold. */
export const weakUserDataCheck: Check = {
  code: "check.weak_user_data",
  severity: "error",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const keys = possibleKeys(mapping.event, context);
    if (!isTooWeak(keys)) return [];
    return [
      {
        message: tooWeakMessage(keys, "never has"),
        remedy: STRONGER_KEYS,
        place: inMapping(mapping, fieldAt(mapping.event, ["user_data"])?.nameSpan),
      },
    ];
  },
};

/** The keys of `user_data` that some record can fill. */
export function possibleKeys(event: ObjectForm, context: CheckContext): readonly string[] {
  const form = fieldAt(event, ["user_data"])?.form;
  if (form?.kind !== "object") return [];
  return fieldsOf(form).flatMap((one) => (canHaveValue(one.form, context) ? [one.name] : []));
}
