import { fail, ok, type Result } from "../../core/result.js";
import { unknownObject, type Refusal } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import type { Audience } from "../world/audience.js";
import type { World } from "../world/world.js";

/** The audience that the path of a request names. */
export function findAudience(world: World, call: Call): Result<Audience, Refusal> {
  const id = call.parameters.get("custom_audience_id") ?? "";
  const audience = world.audiences.get(id);
  return audience === undefined ? fail(unknownObject(id)) : ok(audience);
}

/** The ad account that the path of a request names, without `act_`. */
export function findAccount(world: World, call: Call): Result<string, Refusal> {
  const id = call.parameters.get("ad_account_id") ?? "";
  return world.accountExists(id) ? ok(id) : fail(unknownObject(`act_${id}`));
}
