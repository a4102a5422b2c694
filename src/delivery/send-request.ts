import type { Redactor } from "../core/redact.js";
import type { GraphClient } from "../graph/client.js";
import { outcomeOf, type Counted } from "../graph/outcome.js";
import type { DeliveryOptions } from "./delivery-options.js";
import type { Pacer } from "./pacer.js";

/** What a sender is made of. */
export interface SenderParts {
  readonly client: GraphClient;
  readonly redact: Redactor;
  readonly pacer: Pacer;
  readonly paceKey: DeliveryOptions["paceKey"];
}

/** Makes the sender of request plans: the answer is read, never trusted, and its usage heeded. */
export function requestSender({
  client,
  redact,
  pacer,
  paceKey,
}: SenderParts): DeliveryOptions["send"] {
  const sessions = new Map<number | undefined, Counted>();
  return async (request) => {
    const { surface, target, fingerprint, recordCount, method, path, bodyBytes: body } = request;
    const itemCount = request.itemCounts.reduce((sum, items) => sum + items, 0);
    const answer = await client.send({ method, path, body });
    if ("usage" in answer) pacer.note(paceKey(request), answer.usage);
    const ids = path.split("/");
    const sent = { surface, target, fingerprint, recordCount, itemCount, ids };
    const sessionId = request.session?.sessionId;
    const before = sessions.get(sessionId);
    const outcome = outcomeOf(answer, { ...sent, ...(before && { before }) }, redact);
    const { received, invalid } = outcome.evidence;
    if (sessionId !== undefined && received !== undefined)
      sessions.set(sessionId, { received, invalid: invalid ?? 0 });
    return outcome;
  };
}
