import type { JsonObject } from "../../core/json.js";
import { done, refused, type Answer } from "../answers/answer.js";
import { termsNotAccepted } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import { conform } from "../requests/conform.js";
import { createAudience } from "../world/create-audience.js";
import type { World } from "../world/world.js";
import { findAccount } from "./find.js";

/**
 * Creates an audience; the name may be taken already.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ad-account/customaudiences
 */
export function createCustomAudience(world: World, call: Call): Answer {
  const account = findAccount(world, call);
  if (!account.ok) return refused(account.error);
  const body = conform("CreateCustomAudienceRequest", call.body);
  if (!body.ok) return refused(body.error);
  if (!world.termsAccepted(account.value)) return refused(termsNotAccepted(account.value));
  const given: JsonObject = { ...body.value };
  const audience = createAudience(world, given, { accountId: account.value, at: call.now });
  return done({ id: audience.id });
}
