import { done, refused, type Answer } from "../answers/answer.js";
import { invalidParameter } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import type { World } from "../world/world.js";
import { GRANTED } from "./permissions.js";

/**
 * Says about any token that it is a system user's, valid for ever.
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token/
 */
export function debugToken(_world: World, call: Call): Answer {
  if ((call.query.get("input_token") ?? "").trim() === "") {
    return refused(invalidParameter("The parameter input_token is required", ["input_token"]));
  }
  return done({
    data: {
      app_id: "100000000000001",
      application: "Emulator",
      data_access_expires_at: 0,
      expires_at: 0,
      is_valid: true,
      scopes: GRANTED,
      type: "SYSTEM_USER",
      user_id: "100000000000002",
    },
  });
}
