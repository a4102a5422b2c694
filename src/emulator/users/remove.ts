import { refused, type Answer } from "../answers/answer.js";
import type { Call } from "../requests/call.js";
import { identifiersOf } from "../world/identifiers.js";
import type { World } from "../world/world.js";
import { checkUpload } from "./check-upload.js";
import { takeRows } from "./take-rows.js";

/** Removes whoever the valid rows match; removing somebody absent is no error. */
export function removeUsers(world: World, call: Call): Answer {
  const upload = checkUpload(world, call);
  if (!upload.ok) return refused(upload.error);
  const { membership } = upload.value.audience;
  return takeRows(world, upload.value, call.now, (cells) => {
    membership.remove(identifiersOf(cells));
  });
}
