import type { JsonObject } from "../../core/json.js";
import { done, type Answer } from "../answers/answer.js";
import { tokenExpired, tokenRefused, type Refusal } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import type { World } from "../world/world.js";
import { hasExpired, type Token } from "./token.js";

const APP = { app_id: "100000000000001", application: "Emulator" } as const;

/**
 * Says what a token is and may do; of one that does not work, why.
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token/
 */
export function debugToken(world: World, call: Call): Answer {
  const token = world.tokenOf(call.query.get("input_token") ?? "");
  return done({
    data:
      token === undefined ? { ...fault(tokenRefused()), scopes: [] } : describe(token, call.now),
  });
}

function describe(token: Token, now: number): JsonObject {
  return {
    ...APP,
    data_access_expires_at: 0,
    expires_at: token.expiresAt,
    ...(hasExpired(token, now) ? fault(tokenExpired()) : { is_valid: true }),
    scopes: token.permissions,
    type: token.type,
    user_id: "100000000000002",
  };
}

function fault({ code, message, subcode }: Refusal): JsonObject {
  return {
    is_valid: false,
    error: { code, message, ...(subcode === undefined ? {} : { subcode }) },
  };
}
