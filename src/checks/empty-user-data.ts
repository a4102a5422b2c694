import type { ObjectForm, Requirement } from "../mapping/form.js";
import { isTooWeak, tooWeakMessage } from "../surfaces/weak-user-data.js";
import { inMapping, type Check } from "./check.js";
import { alwaysHasValue, fieldAt, fieldsOf } from "./possible.js";
import { possibleKeys } from "./weak-user-data.js";

/** Records that pass everything the mapping asks for, and of which Meta would know nobody. */
export const emptyUserData: Check = {
  code: "check.empty_user_data",
  severity: "warning",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const { event, require } = mapping;
    const possible = possibleKeys(event, context);
    const weak = guaranteedKeys(event, require).find(isTooWeak);
    if (weak === undefined || isTooWeak(possible)) return []; // the latter is an error of its own
    const strong = possible.filter((key) => !isTooWeak([key])).map((key) => `user_data.${key}`);
    return [
      {
        message: `an event can come out in which ${tooWeakMessage(weak, "has")}`,
        remedy: `Say what an event needs, for example \`require: {any_of: [${strong.slice(0, 3).join(", ")}]}\`; what lacks it is then rejected as \`missing\`, and counted so.`,
        place: inMapping(mapping, fieldAt(event, ["user_data"])?.nameSpan),
      },
    ];
  },
};

/** For every way in which a record meets `require`, the keys that it has for sure. */
function guaranteedKeys(
  event: ObjectForm,
  { anyOf, allOf }: Requirement,
): readonly (readonly string[])[] {
  // Whoever names the whole of it has thought about it.
  if ([...anyOf, ...allOf].includes("user_data")) return [];
  const userData = fieldAt(event, ["user_data"])?.form;
  const fields = userData?.kind === "object" ? fieldsOf(userData) : [];
  const always = fields.flatMap((one) => (alwaysHasValue(one.form) ? [one.name] : []));
  const sure = [...always, ...allOf.flatMap(userDataKey)];
  return anyOf.length === 0 ? [sure] : anyOf.map((name) => [...sure, ...userDataKey(name)]);
}

function userDataKey(name: string): readonly string[] {
  return name.startsWith("user_data.") ? [name.slice("user_data.".length)] : [];
}
