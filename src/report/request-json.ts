/** A request plan as one JSON object, with the contract's names. */
import type { JsonObject } from "../core/json.js";
import type { RequestPlan } from "../planning/request-plan.js";

/** A line of `plan --json`; its body stands in it byte for byte as it is sent. */
export function requestLine(request: RequestPlan): string {
  const fields = Object.entries(requestJson(request)).map(([name, value]) => {
    const text = name === "body" ? request.bodyText : JSON.stringify(value);
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${fields.join(",")}}`;
}

/** The fields of that line. */
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
