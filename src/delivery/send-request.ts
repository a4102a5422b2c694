import type { Outcome } from "../core/outcome.js";
import type { Redactor } from "../core/redact.js";
import type { GraphClient } from "../graph/client.js";
import { outcomeOf } from "../graph/outcome.js";
import type { RequestPlan } from "../planning/request-plan.js";

/** Makes the sender of request plans: the body is rendered once, the answer read, never trusted. */
export function requestSender(
  client: GraphClient,
  redact: Redactor,
): (request: RequestPlan) => Promise<Outcome> {
  return async (request) => {
    const { surface, target, fingerprint, recordCount, method, path, body } = request;
    const itemCount = request.itemCounts.reduce((sum, items) => sum + items, 0);
    const answer = await client.send({ method, path, body: JSON.stringify(body) });
    return outcomeOf(answer, { surface, target, fingerprint, recordCount, itemCount }, redact);
  };
}
