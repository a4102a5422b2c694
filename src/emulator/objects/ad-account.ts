import { ownValue, type JsonObject } from "../../core/json.js";
import { done, refused, type Answer } from "../answers/answer.js";
import { findAccount } from "../audiences/find.js";
import type { Call } from "../requests/call.js";
import type { World } from "../world/world.js";
import { readSelection } from "./selection.js";
import { shownFields } from "./shown-fields.js";

/**
 * Reads an ad account: it is active, and all terms were accepted, or none where the emulator was told
 * so. Without `fields` only its id comes back.
 */
export function readAdAccount(world: World, call: Call): Answer {
  const account = findAccount(world, call);
  if (!account.ok) return refused(account.error);
  const fields = readSelection(call.query, "AdAccount");
  if (!fields.ok) return refused(fields.error);
  const terms = world.termsAccepted(account.value) ? ALL_TERMS : {};
  const known: JsonObject = {
    id: `act_${account.value}`,
    account_id: account.value,
    name: `Ad account ${account.value}`,
    account_status: ACTIVE,
    tos_accepted: terms,
    user_tos_accepted: terms,
  };
  return done(shownFields(fields.value, (field) => ownValue(known, field)));
}

const ACTIVE = 1;

const ALL_TERMS: JsonObject = {
  custom_audience_tos: 1,
  value_based_custom_audience_tos: 1,
  web_custom_audience_tos: 1,
};
