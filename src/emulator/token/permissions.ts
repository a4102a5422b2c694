import { done, type Answer } from "../answers/answer.js";
import type { Call } from "../requests/call.js";
import type { World } from "../world/world.js";

/**
 * Lists the permissions of the token.
 * @see https://developers.facebook.com/docs/graph-api/reference/user/permissions/
 */
export function listPermissions(_world: World, { token }: Call): Answer {
  return done({
    data: token.permissions.map((permission) => ({ permission, status: "granted" })),
  });
}
