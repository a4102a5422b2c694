import { done, refused, type Answer } from "../answers/answer.js";
import { unknownObject } from "../answers/refusal.js";
import { describeAudience } from "../audiences/describe.js";
import type { Call } from "../requests/call.js";
import type { Audience } from "../world/audience.js";
import type { World } from "../world/world.js";
import { describePixel } from "./pixel.js";
import { asksForFieldOf, readSelection } from "./selection.js";

/**
 * Reads one audience or pixel; without `fields` only its id comes back. Where every id is a pixel, one
 * that was not told anything yet is a pixel when it is asked for something that only pixels have.
 */
export function readObject(world: World, call: Call): Answer {
  const id = call.parameters.get("object_id") ?? "";
  const audience = world.audiences.get(id);
  if (audience !== undefined) return readAudience(world, call, audience);
  const isMeant = world.pixels.has(id) || asksForFieldOf(call.query, "Pixel", "CustomAudience");
  if (!isMeant || !world.pixelExists(id)) return refused(unknownObject(id));
  const fields = readSelection(call.query, "Pixel");
  return fields.ok ? done(describePixel(id, fields.value)) : refused(fields.error);
}

function readAudience(world: World, call: Call, audience: Audience): Answer {
  const fields = readSelection(call.query, "CustomAudience");
  return fields.ok ? done(describeAudience(world, audience, fields.value)) : refused(fields.error);
}
