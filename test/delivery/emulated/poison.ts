/** Refuses what prevalidation cannot foresee: events that only Meta knows to be bad. */
import type { Transport } from "../../../src/core/ports.js";
import { isJsonArray, isJsonObject, parseJson, type JsonObject } from "../../../src/core/json.js";

/** Which events are bad. */
export type IsPoison = (event: JsonObject) => boolean;

/** Meta's refusal of a request for the lead id of an event in it. */
function refusal(index: number, blames: boolean): Response {
  const error = {
    message: "(#100) Invalid parameter",
    type: "OAuthException",
    code: 100,
    error_subcode: 2804036,
    is_transient: false,
    ...(blames
      ? { error_data: { blame_field_specs: [["data", index, "user_data", "lead_id"]] } }
      : {}),
    error_user_title: "Lead ID Parameter Is Not Valid",
    error_user_msg: "The lead_id of one of your events does not belong to a lead ad of yours.",
    fbtrace_id: "AfPoison",
  };
  return Response.json({ error }, { status: 400 });
}

/** A Meta that refuses whole requests for their first bad event, and names it or does not. */
export function poisoned(meta: Transport, isPoison: IsPoison, blames: boolean): Transport {
  return async (request) => {
    const index = eventsOf(await request.clone().text()).findIndex(isPoison);
    return index < 0 ? meta(request) : refusal(index, blames);
  };
}

function eventsOf(body: string): readonly JsonObject[] {
  const parsed = parseJson(body);
  const data = parsed.ok && isJsonObject(parsed.value) ? parsed.value["data"] : undefined;
  return (isJsonArray(data) ? data : []).filter(isJsonObject);
}

/** Tells the events of some ids. */
export function withIds(...ids: readonly string[]): IsPoison {
  const bad: ReadonlySet<unknown> = new Set(ids);
  return ({ event_id: id }) => bad.has(id);
}
