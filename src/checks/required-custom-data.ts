import type { ObjectForm } from "../mapping/form.js";
import { requiredCustomData, type RequiredKey } from "../surfaces/lacking-custom-data.js";
import { inMapping, type Check, type CheckContext } from "./check.js";
import { canWrite, fieldAt, knownValues, placeOf } from "./possible.js";

/** Events that would be rejected one and all, since their name asks for what the mapping never writes. */
export const requiredCustomDataCheck: Check = {
  code: "check.required_custom_data",
  severity: "error",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const place = inMapping(mapping, placeOf(mapping.event, ["event_name"]));
    return lackingInCustomData(mapping.event, context).map(({ event, key, subcode }) => ({
      message: `every ${event} goes out without \`custom_data.${key}\`, and Meta refuses it (${String(subcode)})`,
      remedy: `In \`custom_data\` write \`${key}:\` with where it stands in the record.`,
      place,
    }));
  },
};

/** What events lack that their names ask for, of the names that are known. */
export function lackingInCustomData(
  event: ObjectForm,
  context: CheckContext,
): readonly RequiredKey[] {
  const names = new Set(knownValues(fieldAt(event, ["event_name"])?.form, context));
  return [...names].flatMap((name) =>
    requiredCustomData(name).filter(({ key }) => !canWrite(event, ["custom_data", key], context)),
  );
}
