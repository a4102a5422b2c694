import { REPLACE_SESSION_SECONDS, REPLACEABLE } from "../../generated/constants.js";
import { refused, type Answer } from "../answers/answer.js";
import { updateRefused, type Refusal } from "../answers/refusal.js";
import type { Call } from "../requests/call.js";
import { OPERATION_STATUS, type Audience } from "../world/audience.js";
import { besides, identifiersOf } from "../world/identifiers.js";
import type { World } from "../world/world.js";
import { checkUpload, replaceRefusal, type Upload } from "./check-upload.js";
import { sessionKey } from "./session.js";
import { takeRows } from "./take-rows.js";
import { valueColumnRefusal } from "./value-column.js";

/** Meta's subcode for a batch of a session that was never opened. */
const FIRST_BATCH_MISSING = 1870147;

/**
 * Gathers the people who will be in the audience once the session has ended: with its last batch, or when
 * its time is over, with whoever was sent by then.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/usersreplace
 */
export function replaceUsers(world: World, call: Call): Answer {
  const upload = checkUpload(world, call, "UsersReplaceRequest");
  if (!upload.ok) return refused(upload.error);
  const { audience, session } = upload.value;
  const refusal = sessionRefusal(world, upload.value) ?? valueColumnRefusal(upload.value);
  if (refusal !== undefined) return refused(refusal);
  const replacing = audience.replacing ?? {
    sessionId: String(session?.session_id),
    until: call.now + REPLACE_SESSION_SECONDS,
    rows: [],
  };
  const rows = [...replacing.rows];
  const answer = takeRows(world, upload.value, call.now, (cells) => rows.push(cells));
  if (answer.kind === "refused") return answer;
  audience.replacing = { ...replacing, rows };
  audience.operationStatus = OPERATION_STATUS.replacing;
  if (session?.last_batch_flag === true) endReplace(audience);
  return answer;
}

function sessionRefusal(world: World, { audience, session }: Upload): Refusal | undefined {
  const sessionId = String(session?.session_id);
  if (audience.replacing?.sessionId === sessionId)
    return session?.batch_seq === 1 ? replaceRefusal(audience) : undefined;
  // A session that has ended is refused as that, and not for what it is not any more.
  if (world.sessions.has(sessionKey(audience, sessionId))) return undefined;
  if (session?.batch_seq !== 1)
    return updateRefused("The first batch of this session is missing", FIRST_BATCH_MISSING);
  if (REPLACEABLE.some((code) => code === audience.operationStatus)) return undefined;
  return replaceRefusal(audience) ?? updateRefused("Only a normal audience can be replaced");
}

/** Replaces that nobody has ended in time end by themselves. @param now Unix seconds */
export function endOverdueReplaces(world: World, now: number): void {
  for (const audience of world.audiences.values()) {
    const { replacing } = audience;
    if (replacing === undefined || now < replacing.until) continue;
    const session = world.sessions.get(sessionKey(audience, replacing.sessionId));
    if (session !== undefined) session.state = "timed_out";
    endReplace(audience);
  }
}

function endReplace(audience: Audience): void {
  const { membership, replacing } = audience;
  membership.clear();
  for (const cells of replacing?.rows ?? []) membership.add(identifiersOf(cells), besides(cells));
  audience.replacing = undefined;
  audience.operationStatus = OPERATION_STATUS.normal;
}
