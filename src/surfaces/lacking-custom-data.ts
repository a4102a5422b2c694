import type { Json, JsonObject } from "../core/json.js";
import { REQUIRED_CUSTOM_DATA } from "../generated/constants.js";
import { isBlank } from "../mapping/convert.js";
import { descend } from "../mapping/descend.js";
import type { Fault } from "../mapping/scope.js";

interface Required {
  readonly key: string;
  /** What to say when it is absent. */
  readonly fault: Fault;
}

const REQUIRED: ReadonlyMap<Json | undefined, readonly Required[]> = new Map(
  Object.entries(REQUIRED_CUSTOM_DATA).map(([event, keys]) => [
    event,
    Object.entries(keys).map(([key, subcode]) => ({ key, fault: fault(event, key, subcode) })),
  ]),
);

/**
 * The fault of an event whose name asks for something in `custom_data` that is not there: Meta
 * would refuse it, and with it its whole request. 0 is a value.
 *
 * @see https://developers.facebook.com/documentation/meta-pixel/reference
 */
export function lackingCustomData(event: JsonObject): Fault | undefined {
  const required = REQUIRED.get(event["event_name"]);
  return required?.find(({ key }) => isBlank(descend(event, ["custom_data", key])))?.fault;
}

function fault(event: string, key: string, subcode: number): Fault {
  const field = `custom_data.${key}`;
  return {
    code: "missing",
    field,
    message: `\`${field}\` has no value, and Meta refuses a ${event} without it (${String(subcode)}). Map it, or give it a \`default\`.`,
  };
}
