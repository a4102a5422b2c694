import { refused, type Answer } from "../answers/answer.js";
import type { Call } from "../requests/call.js";
import { besides, identifiersOf } from "../world/identifiers.js";
import type { World } from "../world/world.js";
import { checkUpload } from "./check-upload.js";
import { takeRows } from "./take-rows.js";
import { valueColumnRefusal } from "./value-column.js";

/** Adds the people of the valid rows. */
export function addUsers(world: World, call: Call): Answer {
  const upload = checkUpload(world, call);
  if (!upload.ok) return refused(upload.error);
  const refusal = valueColumnRefusal(upload.value);
  if (refusal !== undefined) return refused(refusal);
  const { membership } = upload.value.audience;
  return takeRows(world, upload.value, call.now, (cells) => {
    membership.add(identifiersOf(cells), besides(cells));
  });
}
