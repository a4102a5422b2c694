/** Outcomes of requests, as reading Meta's answers would give them. */
import type { Blame, Evidence, InvalidCells, Outcome } from "../../src/core/outcome.js";
import type { ErrorClass } from "../../src/generated/errors.js";
import { CLASS_EFFECTS } from "../../src/graph/class-effects.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";

function evidence(
  request: RequestPlan,
  outcome: Outcome["kind"],
  more: Partial<Evidence>,
): Evidence {
  const { surface, target, fingerprint, recordCount } = request;
  return {
    outcome,
    surface,
    target,
    batchFingerprint: fingerprint,
    recordCount,
    itemCount: itemsOf(request),
    confirmed: 0,
    rejected: 0,
    summary: `${outcome} at ${target}`,
    ...more,
  };
}

/** Rows, or events. */
export function itemsOf({ itemCounts }: RequestPlan): number {
  return itemCounts.reduce((sum, items) => sum + items, 0);
}

/** Meta took all of it. */
export function succeeded(request: RequestPlan): Outcome {
  const confirmed = itemsOf(request);
  return { kind: "succeeded", evidence: evidence(request, "succeeded", { confirmed }) };
}

/** Meta counted some rows as malformed. */
export function inPart(request: RequestPlan, rejected: number, cells: InvalidCells): Outcome {
  const counts = { confirmed: itemsOf(request) - rejected, rejected, invalid: rejected };
  const proven = evidence(request, "partially_succeeded", counts);
  return { kind: "partially_succeeded", cells, evidence: proven };
}

/** A failure of a class. */
export function failed(
  request: RequestPlan,
  errorClass: ErrorClass,
  more: Partial<Evidence> = {},
  blame: Blame = { kind: "some", positions: [] },
): Outcome {
  const kind = CLASS_EFFECTS[errorClass].outcome;
  const proven = evidence(request, kind, {
    summary: `${errorClass} at ${request.target}`,
    ...more,
  });
  switch (kind) {
    case "unknown":
      return { kind, evidence: proven };
    case "rejected":
      return { kind, class: errorClass, blame, evidence: proven };
    default:
      return { kind, class: errorClass, evidence: proven };
  }
}

/** No connection was ever made. */
export function neverConnected(request: RequestPlan, more: Partial<Evidence> = {}): Outcome {
  return failed(request, "transient", { evidenceCode: "meta.transport", ...more });
}

/** Meta refused it for a record in it. @param positions of the items that it named */
export function refused(request: RequestPlan, ...positions: readonly number[]): Outcome {
  const said = { code: 100, subcode: 2804050, detail: "It says too little." };
  return failed(request, "record", said, { kind: "some", positions });
}

/** Meta's limit is used up. @param retryAfterMs what it asks to wait */
export function throttled(request: RequestPlan, retryAfterMs?: number): Outcome {
  return failed(request, "throttle", retryAfterMs === undefined ? {} : { retryAfterMs });
}
