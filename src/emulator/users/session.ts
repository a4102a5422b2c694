import { fail, ok, type Result } from "../../core/result.js";
import { invalidParameter, updateRefused, type Refusal } from "../answers/refusal.js";
import type { Audience } from "../world/audience.js";
import type { UploadSession } from "../world/upload-session.js";
import type { World } from "../world/world.js";
import type { Upload } from "./check-upload.js";

/** The counts of an upload so far; of one request, when its caller declared no session. */
export interface SessionCounts {
  readonly sessionId: string;
  readonly received: number;
  readonly invalid: number;
}

/** Books the rows of one request and gives the counts so far. */
export type BookRows = (received: number, invalid: number) => SessionCounts;

/** Meta's subcodes for a batch after the last one, and for one that comes too late. */
const SUBCODES = { finished: 1870159, timedOut: 1870158 } as const;

/**
 * Opens or continues the upload session of a request; without one the server makes its own.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/guides/custom-audiences
 */
export function enterSession(world: World, upload: Upload): Result<BookRows, Refusal> {
  const asked = upload.session;
  if (asked === undefined) {
    const sessionId = world.nextSessionId();
    return ok((received, invalid) => ({ sessionId, received, invalid }));
  }
  const sessionId = String(asked.session_id);
  const key = sessionKey(upload.audience, sessionId);
  const session = world.sessions.get(key) ?? newSession(upload);
  const refusal = refusalOf(session, upload);
  if (refusal !== undefined) return fail(refusal);
  return ok((received, invalid) => {
    world.sessions.set(key, session);
    session.received += received;
    session.invalid += invalid;
    if (asked.last_batch_flag === true) session.state = "finished";
    return { sessionId, received: session.received, invalid: session.invalid };
  });
}

/** Sessions are told apart within an ad account. */
export function sessionKey({ accountId }: Pick<Audience, "accountId">, sessionId: string): string {
  return `${accountId}/${sessionId}`;
}

function newSession(upload: Upload): UploadSession {
  return { columns: upload.columns, received: 0, invalid: 0, state: "open" };
}

function refusalOf(session: UploadSession, upload: Upload): Refusal | undefined {
  if (session.state === "finished")
    return updateRefused("This upload session is finished; start another", SUBCODES.finished);
  if (session.state === "timed_out")
    return updateRefused("This upload session took too long; start another", SUBCODES.timedOut);
  return session.columns.join() === upload.columns.join()
    ? undefined
    : invalidParameter("An upload session keeps to one schema", ["payload", "schema"]);
}
