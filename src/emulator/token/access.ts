import { fail, ok, type Result } from "../../core/result.js";
import {
  permissionMissing,
  proofRefused,
  tokenExpired,
  tokenRefused,
  type Refusal,
} from "../answers/refusal.js";
import type { ServedOperation } from "../requests/operation.js";
import type { World } from "../world/world.js";
import { hasExpired, type Token } from "./token.js";

/** What a request shows to be let in. */
export interface Credentials {
  readonly token: string | undefined;
  /** `appsecret_proof`. */
  readonly proof: string | undefined;
}

/** Any one of these permissions is enough; where none is named, any token that works is. */
const PERMISSIONS: Readonly<Record<ServedOperation, readonly string[]>> = {
  readAdAccount: ["ads_read", "ads_management"],
  listCustomAudiences: ["ads_read", "ads_management"],
  readObject: ["ads_read", "ads_management"],
  createCustomAudience: ["ads_management"],
  addUsers: ["ads_management"],
  removeUsers: ["ads_management"],
  replaceUsers: ["ads_management"],
  // A token from Events Manager has no permission of its own and sends events all the same.
  sendEvents: [],
  debugToken: [],
  listPermissions: [],
};

/**
 * The token of a request, if it may call an operation.
 *
 * @param now Unix seconds
 */
export function checkAccess(
  world: World,
  operation: ServedOperation,
  shown: Credentials,
  now: number,
): Result<Token, Refusal> {
  const token = shown.token === undefined ? undefined : world.tokenOf(shown.token);
  if (token === undefined) return fail(tokenRefused());
  if (hasExpired(token, now)) return fail(tokenExpired());
  if (token.proof !== undefined && token.proof !== shown.proof)
    return fail(proofRefused(shown.proof === undefined ? "missing" : "wrong"));
  const enough = PERMISSIONS[operation];
  const missing =
    enough.length > 0 && !enough.some((permission) => token.permissions.includes(permission));
  return missing ? fail(permissionMissing(enough)) : ok(token);
}
