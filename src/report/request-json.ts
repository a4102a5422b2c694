/** A request plan as one JSON object, with the contract's names. */
import type { JsonObject } from "../core/json.js";
import type { RequestPlan } from "../planning/request-plan.js";

/** The shape that `plan --json` prints, one per line. */
export function requestJson(request: RequestPlan): JsonObject {
  return {
    index: request.index,
    surface: request.surface,
    operation: request.operation,
    target: request.target,
    target_status: request.targetStatus,
    method: request.method,
    path: request.path,
    body: request.body,
    record_identities: request.recordIdentities,
    record_count: request.recordCount,
    item_counts: request.itemCounts,
    fingerprint: request.fingerprint,
  };
}
