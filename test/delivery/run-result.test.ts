import { describe, expect, it } from "vitest";
import type { ErrorClass } from "../../src/generated/errors.js";
import type { Evidence, Outcome } from "../../src/core/outcome.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { newRunResult, ResultCounter } from "../../src/delivery/run-result.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";

const REQUEST: RequestPlan = {
  index: 0,
  surface: "custom_audiences",
  operation: "upsert",
  target: "VIP",
  targetStatus: "found",
  method: "POST",
  path: "/v1.0/1/users",
  body: {},
  recordIdentities: ["a", "b"],
  recordCount: 2,
  itemCounts: [1, 3],
  fingerprint: "f",
};

function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    outcome: "succeeded",
    surface: "custom_audiences",
    target: "VIP",
    batchFingerprint: "f",
    recordCount: 2,
    itemCount: 4,
    confirmed: 0,
    rejected: 0,
    summary: "what happened",
    ...more,
  };
}

function counter(): ResultCounter {
  return new ResultCounter(newRunResult("custom_audiences", false, emptyTally()));
}

function retryable(errorClass: ErrorClass, httpStatus?: number): Outcome {
  return {
    kind: "retryable",
    class: errorClass,
    evidence: evidence(httpStatus === undefined ? {} : { httpStatus }),
  };
}

describe("a run's result", () => {
  it("counts records, rows and requests that Meta acknowledged", () => {
    const counting = counter();
    const outcome: Outcome = { kind: "succeeded", evidence: evidence({ confirmed: 4 }) };
    counting.delivered({ kind: "settled", request: REQUEST, outcome });
    expect(counting.finish()).toMatchObject({
      status: "succeeded",
      records: { read: 2, acknowledged: 2 },
      requests: { planned: 1, acknowledged: 1 },
      targets: [{ target: "VIP", status: "found", records: 2, items: 4, acknowledgedItems: 4 }],
      failures: [],
    });
  });

  it("is a success in part when Meta counted rows as invalid", () => {
    const counting = counter();
    const outcome: Outcome = {
      kind: "partially_succeeded",
      evidence: evidence({ confirmed: 3, rejected: 1, invalid: 1 }),
    };
    counting.delivered({ kind: "settled", request: REQUEST, outcome });
    expect(counting.finish()).toMatchObject({
      status: "partially_succeeded",
      targets: [{ acknowledgedItems: 3, invalidItems: 1 }],
      failures: [{ target: "VIP", summary: "what happened", count: 1 }],
    });
  });

  it.each<[string, Outcome, "failed" | "unknown"]>([
    ["a lost answer", { kind: "unknown", evidence: evidence() }, "unknown"],
    ["a passing fault that Meta answered with", retryable("transient", 500), "unknown"],
    ["a connection that was never made", retryable("transient"), "failed"],
    ["a throttled request", retryable("throttle", 400), "failed"],
    ["a refusal", { kind: "rejected", class: "record", evidence: evidence() }, "failed"],
    ["a block", { kind: "blocked", class: "account", evidence: evidence() }, "failed"],
  ])("counts the records of %s as %#", (_, outcome, end) => {
    const counting = counter();
    counting.delivered({ kind: "settled", request: REQUEST, outcome });
    expect(counting.finish()).toMatchObject({
      status: "failed",
      records: { read: 2, acknowledged: 0, [end]: 2 },
      requests: { [end]: 1 },
    });
  });

  it("says why a run stopped, and that it was blocked", () => {
    const counting = counter();
    counting.delivered({ kind: "not_sent", request: REQUEST, because: "the token expired" });
    counting.delivered({ kind: "stopped", because: "the token expired", blocked: true });
    expect(counting.finish()).toMatchObject({
      status: "blocked",
      stopped: "the token expired",
      records: { read: 2, notSent: 2 },
      requests: { planned: 1, notSent: 1 },
      targets: [{ target: "VIP", records: 2 }],
    });
  });

  it("is not a success when a policy stopped it, even with nothing else wrong", () => {
    const counting = counter();
    counting.delivered({ kind: "stopped", because: "on_failure", blocked: false });
    expect(counting.finish().status).toBe("failed");
  });

  it("keeps a bounded number of examples and failures, and counts all", () => {
    const counting = counter();
    for (let index = 0; index < 200; index += 1) {
      const rejection = {
        identity: `r-${String(index)}`,
        code: "missing",
        field: "",
        message: "",
      } as const;
      counting.delivered({ kind: "rejection", rejection });
      counting.delivered({ kind: "withheld", identity: "w" });
      counting.delivered({
        kind: "settled",
        request: REQUEST,
        outcome: { kind: "unknown", evidence: evidence({ summary: `fault ${String(index)}` }) },
      });
    }
    const result = counting.finish();
    expect(result.rejections).toEqual(new Map([["missing", 200]]));
    expect(result.records).toMatchObject({ read: 800, rejected: 200, withheld: 200, unknown: 400 });
    expect(result.rejectionCauses).toMatchObject([{ example: { identity: "r-0" }, count: 200 }]);
    expect(result.failures).toHaveLength(50);
  });

  it("marks a dry run whose body the spec refuses as a whole", () => {
    const counting = new ResultCounter(newRunResult("events", true, emptyTally()));
    counting.unfit(REQUEST, { pointer: "/upload_tag", keyword: "type", message: "must be string" });
    expect(counting.finish()).toMatchObject({
      status: "failed",
      records: { read: 2, failed: 2, planned: 0 },
      failures: [{ summary: expect.stringContaining("`/upload_tag`") }],
    });
  });
});
