import { done, refused, type Answer } from "../answers/answer.js";
import type { Call } from "../requests/call.js";
import type { World } from "../world/world.js";
import { describeAudience } from "./describe.js";
import { findAudience } from "./find.js";
import { readSelection } from "./selection.js";

/** Reads one audience; without `fields` only its id comes back. */
export function readCustomAudience(world: World, call: Call): Answer {
  const audience = findAudience(world, call);
  if (!audience.ok) return refused(audience.error);
  const fields = readSelection(call.query);
  if (!fields.ok) return refused(fields.error);
  return done(describeAudience(world, audience.value, fields.value));
}
