import type { JsonObject } from "../../core/json.js";
import { done, refused, type Answer } from "../answers/answer.js";
import { invalidParameter } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import type { World } from "../world/world.js";
import { describeAudience } from "./describe.js";
import { findAccount } from "./find.js";
import { cutPage } from "./page.js";
import { pagingOf } from "./paging.js";
import { readSelection } from "../objects/selection.js";

/**
 * Lists the audiences of an ad account, a page at a time, in order of creation.
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function listCustomAudiences(world: World, call: Call): Answer {
  const account = findAccount(world, call);
  if (!account.ok) return refused(account.error);
  if (call.query.has("filtering")) {
    return refused(invalidParameter("The emulator does not filter listings", ["filtering"]));
  }
  const fields = readSelection(call.query, "CustomAudience");
  if (!fields.ok) return refused(fields.error);
  const all = [...world.audiences.values()].filter(({ accountId }) => accountId === account.value);
  const page = cutPage(all, call.query);
  if (!page.ok) return refused(page.error);
  const data = page.value.audiences.map((audience): JsonObject =>
    describeAudience(world, audience, fields.value),
  );
  const paging = pagingOf(page.value, call, account.value);
  return done(paging === undefined ? { data } : { data, paging });
}
