import type { Json, JsonObject } from "../core/json.js";
import { REQUIRED_CUSTOM_DATA } from "../generated/constants.js";
import { isBlank } from "../mapping/convert.js";
import { descend } from "../mapping/descend.js";
import type { Fault } from "../mapping/scope.js";

/** A key without which Meta refuses events of a name. */
export interface RequiredKey {
  readonly event: string;
  readonly key: string;
  readonly subcode: number;
}

/** By event name. */
export const CUSTOM_DATA_REQUIRED: ReadonlyMap<Json | undefined, readonly RequiredKey[]> = new Map(
  Object.entries(REQUIRED_CUSTOM_DATA).map(([event, keys]) => [
    event,
    Object.entries(keys).map(([key, subcode]) => ({ event, key, subcode })),
  ]),
);

/** What `custom_data` must hold for an event of this name. */
export function requiredCustomData(eventName: Json | undefined): readonly RequiredKey[] {
  return CUSTOM_DATA_REQUIRED.get(eventName) ?? [];
}

/**
 * The fault of an event whose name asks for something in `custom_data` that is not there: Meta
 * would refuse it, and with it its whole request. 0 is a value.
 *
 * @see https://developers.facebook.com/documentation/meta-pixel/reference
 */
export function lackingCustomData(event: JsonObject): Fault | undefined {
  const required = requiredCustomData(event["event_name"]);
  const lacking = required.find(({ key }) => isBlank(descend(event, ["custom_data", key])));
  return lacking && fault(lacking);
}

function fault({ event, key, subcode }: RequiredKey): Fault {
  const field = `custom_data.${key}`;
  return {
    code: "missing",
    field,
    message: `\`${field}\` has no value, and Meta refuses a ${event} without it (${String(subcode)}). Map it, or give it a \`default\`.`,
  };
}
