import { describe, expect, it } from "vitest";
import type { Evidence, Outcome } from "../../src/core/outcome.js";
import type { Delivered } from "../../src/delivery/delivered.js";
import { ledgerState } from "../../src/delivery/ledger-state.js";
import { ResultCounter } from "../../src/delivery/result-counter.js";
import { newRunResult } from "../../src/delivery/run-result.js";
import { emptyTally } from "../../src/mapping/scope.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import type { CarriedBatch } from "../../src/store/ledger.js";
import type { NewReject } from "../../src/store/rejects.js";
import { person, planned } from "./entries.js";
import { failed, inPart, neverConnected, refused, succeeded, throttled } from "./outcomes.js";

const REQUEST: RequestPlan = {
  ...planned([person("a"), person("b", "upsert", ["1", "2", "3"])]).request,
  targetStatus: "found",
};

function counter(): ResultCounter {
  return new ResultCounter(newRunResult("custom_audiences", false, emptyTally()));
}

function carried(state: CarriedBatch["state"]): CarriedBatch {
  const { surface, operation, target, path, fingerprint } = REQUEST;
  const place = { batchId: "2-1", runId: 2, parent: undefined, position: 0 };
  const request = { surface, operation, target, path, fingerprint };
  return {
    ...place,
    ...request,
    records: 2,
    itemCount: 4,
    items: [],
    changes: [],
    state,
    settledAt: 0,
  };
}

function reject(identity: string): NewReject {
  const digests = { itemId: "0", contentDigest: "0" };
  const why = { code: "malformed", field: "", message: "not hashed" };
  return { scope: "VIP", operation: "upsert", identity, ...digests, ...why };
}

function settled(outcome: Outcome, more: Partial<Extract<Delivered, { kind: "settled" }>> = {}) {
  const state = ledgerState([outcome]);
  return {
    kind: "settled",
    request: REQUEST,
    state,
    outcome,
    rejects: [],
    unnamed: 0,
    ...more,
  } as const;
}

function attempted(outcome: Outcome): Delivered {
  const sent = { request: REQUEST, batchId: "1-1", attempt: 1, startedAt: 0, endedAt: 1 };
  return { kind: "attempt", ...sent, outcome };
}

/** Counts a request that was planned and came to this end. */
function resultOf(...items: readonly Delivered[]) {
  const counting = counter();
  counting.delivered({ kind: "planned", request: REQUEST });
  for (const item of items) counting.delivered(item);
  return counting.finish();
}

describe("a run's result", () => {
  it("counts records, rows and requests that Meta acknowledged", () => {
    const outcome = succeeded(REQUEST);
    expect(resultOf(attempted(outcome), settled(outcome))).toMatchObject({
      status: "succeeded",
      records: { read: 2, acknowledged: 2 },
      requests: { planned: 1, acknowledged: 1, attempts: 1 },
      targets: [{ target: "VIP", status: "found", records: 2, items: 4, acknowledgedItems: 4 }],
      failures: [],
    });
  });

  it("counts the record of a row that Meta named as rejected, and the others as acknowledged", () => {
    const outcome = inPart(REQUEST, 1, new Map([["a", "not hashed"]]));
    expect(resultOf(settled(outcome, { rejects: [reject("a")] }))).toMatchObject({
      status: "succeeded",
      records: { read: 2, acknowledged: 1, rejected: 1 },
      requests: { acknowledged: 1 },
      rejections: new Map([["refused", 1]]),
      rejectionCauses: [{ count: 1, example: { identity: "a", message: "not hashed" } }],
      targets: [{ acknowledgedItems: 3, invalidItems: 1 }],
      failures: [{ target: "VIP", summary: "partially_succeeded at VIP", count: 1 }],
    });
  });

  it("is a success in part when Meta counted rows as malformed without naming them", () => {
    const outcome = inPart(REQUEST, 1, new Map());
    expect(resultOf(settled(outcome, { unnamed: 1 }))).toMatchObject({
      status: "partially_succeeded",
      records: { read: 2, acknowledged: 2, rejected: 0 },
      unnamedInvalidItems: 1,
    });
  });

  it.each<[string, Outcome, "failed" | "unknown"]>([
    ["a lost answer", failed(REQUEST, "unknown"), "unknown"],
    ["a passing fault that Meta answered with", failed(REQUEST, "transient"), "unknown"],
    ["a refusal that says nothing about what was done", failed(REQUEST, "request"), "unknown"],
    ["a connection that was never made", neverConnected(REQUEST), "failed"],
    ["a throttled request", throttled(REQUEST), "failed"],
    ["a block", failed(REQUEST, "account"), "failed"],
    ["a target that takes nothing", failed(REQUEST, "target"), "failed"],
  ])("counts the records of %s as what they are", (_, outcome, end) => {
    expect(resultOf(settled(outcome))).toMatchObject({
      status: "failed",
      records: { read: 2, acknowledged: 0, [end]: 2 },
      requests: { [end]: 1 },
      failures: [{ target: "VIP", summary: outcome.evidence.summary, count: 1 }],
    });
  });

  it("counts the records of a refusal as rejected, and the request as failed", () => {
    const rejects = [reject("a"), reject("b")];
    expect(resultOf(settled(refused(REQUEST), { rejects }))).toMatchObject({
      status: "failed",
      records: { read: 2, rejected: 2, failed: 0 },
      requests: { failed: 1 },
    });
  });

  it("says why a run stopped, and that it was blocked", () => {
    const because = "the token expired";
    const result = resultOf(
      { kind: "not_sent", request: REQUEST, identities: ["a", "b"], whole: true, because },
      { kind: "stopped", stop: { kind: "blocked", because } },
    );
    expect(result).toMatchObject({
      status: "blocked",
      stopped: because,
      records: { read: 2, notSent: 2 },
      requests: { planned: 1, notSent: 1 },
      targets: [{ target: "VIP", records: 2 }],
    });
  });

  it("tells an interruption from a failure", () => {
    const stop = { kind: "interrupted", because: "it was interrupted" } as const;
    expect(resultOf({ kind: "stopped", stop }).status).toBe("interrupted");
  });

  it("is not a success when a policy stopped it, even with nothing else wrong", () => {
    const counting = counter();
    counting.delivered({ kind: "stopped", stop: { kind: "failed", because: "on_failure" } });
    expect(counting.finish().status).toBe("failed");
  });

  it.each([
    ["succeeded", { read: 2, delivered: 2, skipped: 0 }],
    ["skipped", { read: 2, delivered: 0, skipped: 2 }],
  ] as const)("counts a request that an earlier run makes needless, %s", (state, records) => {
    const counting = counter();
    counting.delivered({ kind: "carried", batch: carried(state) });
    expect(counting.finish()).toMatchObject({
      status: "succeeded",
      records,
      requests: { planned: 0, carried: 1, attempts: 0 },
    });
  });

  it("counts a request as not sent that was not needless after all", () => {
    const counting = counter();
    counting.delivered({ kind: "taken_back", batch: carried("succeeded"), targetStatus: "found" });
    expect(counting.finish()).toMatchObject({
      status: "failed",
      records: { read: 2, delivered: 0, notSent: 2 },
      requests: { planned: 1, carried: 0, notSent: 1 },
      targets: [{ target: "VIP", status: "found", requests: 1, records: 2, items: 4 }],
    });
  });

  it.each([
    ["delivered", { delivered: 1 }, "succeeded"],
    ["changed_since_delivery", { delivered: 1 }, "succeeded"],
    ["repeated", { repeated: 1 }, "succeeded"],
    ["skipped", { skipped: 1 }, "succeeded"],
    ["in_doubt", { inDoubt: 1 }, "succeeded"],
    ["newly_in_doubt", { inDoubt: 1 }, "partially_succeeded"],
  ] as const)("counts a record that is left out as %s", (because, records, status) => {
    const counting = counter();
    counting.delivered({ kind: "left_out", identity: "a", because });
    expect(counting.finish()).toMatchObject({
      status,
      records: { read: 1, ...records },
      newlyInDoubt: because === "newly_in_doubt" ? 1 : 0,
      changedSinceDelivery: because === "changed_since_delivery" ? 1 : 0,
    });
  });

  it("rejects events that grew too old, and tells of those that it may not repeat", () => {
    expect(
      resultOf({ kind: "expired", request: REQUEST, tooOld: ["a"], inDoubt: ["b"] }),
    ).toMatchObject({
      status: "partially_succeeded",
      records: { read: 2, rejected: 1, inDoubt: 1 },
      requests: { planned: 1, notSent: 1, split: 0 },
      newlyInDoubt: 1,
      rejectionCauses: [{ example: { identity: "a", code: "too_old", field: "event_time" } }],
    });
  });

  it("counts a request that went on in parts as each of its parts", () => {
    const part = { ...REQUEST, recordIdentities: ["a"], recordCount: 1, itemCounts: [1] };
    const outcome = succeeded(part);
    expect(
      resultOf(
        { kind: "split", request: REQUEST },
        { kind: "part", request: part },
        settled(outcome, { request: part }),
        {
          kind: "not_sent",
          request: REQUEST,
          identities: ["b"],
          whole: false,
          because: "too many",
        },
      ),
    ).toMatchObject({
      status: "partially_succeeded",
      records: { read: 2, acknowledged: 1, notSent: 1 },
      requests: { planned: 2, split: 1, acknowledged: 1, notSent: 0 },
    });
  });

  it("is a success when the only rejections are those of an earlier run", () => {
    const counting = counter();
    const rejection = { identity: "a", code: "missing", field: "em", message: "" } as const;
    counting.delivered({ kind: "rejection", rejection, standing: true });
    expect(counting.finish()).toMatchObject({
      status: "succeeded",
      records: { read: 1, rejected: 1 },
      standingRejections: 1,
    });
  });

  it("keeps a bounded number of examples and failures, and counts all", () => {
    const counting = counter();
    const evidence = (index: number): Partial<Evidence> => ({ summary: `fault ${String(index)}` });
    for (let index = 0; index < 200; index += 1) {
      const rejection = {
        identity: `r-${String(index)}`,
        code: "missing",
        field: "",
        message: "",
      } as const;
      counting.delivered({ kind: "rejection", rejection, standing: false });
      counting.delivered({ kind: "withheld", identity: "w" });
      counting.delivered({ kind: "planned", request: REQUEST });
      counting.delivered(settled(failed(REQUEST, "unknown", evidence(index))));
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
