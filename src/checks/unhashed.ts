import { inMapping, type Check } from "./check.js";
import { leavesOfMapping } from "./leaves.js";
import { personalSource } from "./personal-source.js";

/** Where Meta takes a value plain, what should be hashed goes out in the clear. */
export const unhashed: Check = {
  code: "check.unhashed",
  severity: "warning",
  run(mapping, context) {
    return leavesOfMapping(mapping, context).flatMap((form) => {
      const about = mapping.surface === "custom_audiences" || form.at.startsWith("user_data.");
      const source = about ? personalSource(form) : undefined;
      if (source === undefined) return [];
      return [
        {
          message: `\`${form.at}\` sends ${source} in the clear`,
          remedy:
            form.field.hash === "optional"
              ? "Add `hash: sha256`, or read an id that says nothing about the person."
              : "Meta takes this field as it is: read what belongs there, and write the personal value to a field that is hashed.",
          place: inMapping(mapping, form.span),
        },
      ];
    });
  },
};
