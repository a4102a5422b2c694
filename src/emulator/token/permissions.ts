import { done, type Answer } from "../answers/answer.js";

/** What the emulator's token may do: all that this destination asks for. */
export const GRANTED = ["ads_management", "ads_read", "business_management"] as const;

/**
 * Lists the permissions of the token.
 * @see https://developers.facebook.com/docs/graph-api/reference/user/permissions/
 */
export function listPermissions(): Answer {
  return done({ data: GRANTED.map((permission) => ({ permission, status: "granted" })) });
}
