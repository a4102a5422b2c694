import { GRAPH_SCHEMAS } from "../generated/schemas.js";
import { inMapping, type Check } from "./check.js";
import { canWrite, placeOf } from "./possible.js";

/** Events that would be rejected one and all, since they lack a field that Meta wants of each. */
export const requiredField: Check = {
  code: "check.required_field",
  severity: "error",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const { event } = mapping;
    return REQUIRED.filter((name) => !canWrite(event, [name], context)).map((name) => ({
      message: `no event ever has \`${name}\`, without which Meta takes none`,
      remedy: `In \`event\` write \`${name}:\` with where it stands in the record, or \`{value: …}\`.`,
      place: inMapping(mapping, placeOf(event, [name])),
    }));
  },
};

/** Who it is about has a check of its own, which knows what is too little, too. */
const REQUIRED = GRAPH_SCHEMAS.$defs.Event.required.filter((name) => name !== "user_data");
