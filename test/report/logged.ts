/** Rows of a store as its port gives them, for what is printed of them. */
import { newRunResult, type RunResult } from "../../src/delivery/run-result.js";
import { emptyTally } from "../../src/mapping/scope.js";
import type { StoreStatus } from "../../src/report/store-status.js";
import type { LoggedBatch } from "../../src/store/ledger.js";
import type { LoggedReject } from "../../src/store/rejects.js";
import type { LoggedRun } from "../../src/store/run-log.js";
import type { RegisteredTarget } from "../../src/store/target-registry.js";

/** 2026-04-24T03:06:40Z. */
export const T0 = 1_777_000_000_000;

export function loggedBatch(differs: Partial<LoggedBatch> = {}): LoggedBatch {
  return {
    batchId: "12-3",
    runId: 12,
    parent: undefined,
    position: 2,
    surface: "events",
    operation: "import",
    target: "456",
    path: "/v25.0/456/events",
    fingerprint: "f00d",
    records: 1_000,
    itemCount: 1_000,
    sync: "orders",
    state: "unknown",
    attempts: 2,
    firstSentAt: T0,
    settledAt: T0 + 90_000,
    summary: "Meta did not answer in time.",
    openEvents: 40,
    ...differs,
  };
}

export function loggedRun(differs: Partial<LoggedRun> = {}): LoggedRun {
  return {
    runId: 12,
    sync: "orders",
    surface: "events",
    startedAt: T0,
    holder: "node (PID 7)",
    endedAt: T0 + 754_000,
    status: "succeeded",
    report: undefined,
    ...differs,
  };
}

export function loggedReject(differs: Partial<LoggedReject> = {}): LoggedReject {
  return {
    sync: "orders",
    scope: "456",
    itemId: "0".repeat(32),
    contentDigest: "1".repeat(32),
    operation: "import",
    identity: "order-7",
    code: "100/2804003",
    field: "",
    message: "Event Timestamp Too Old",
    batchId: "12-3",
    origin: "meta",
    createdAt: T0,
    ...differs,
  };
}

export function registered(differs: Partial<RegisteredTarget> = {}): RegisteredTarget {
  return {
    adAccountId: "111",
    target: "VIP",
    audienceId: "77",
    createdByUs: false,
    trustedSince: T0,
    checkedAt: T0 + 60_000,
    ...differs,
  };
}

/** A store about which there is nothing to tell. */
export const NOTHING: StoreStatus = {
  runs: [],
  latest: [],
  events: [],
  open: [],
  rejects: [],
  leftBehind: new Map(),
  creating: [],
};

/** The result of a live run with these counts. */
export function runResult(
  counts: {
    readonly records?: Partial<RunResult["records"]>;
    readonly requests?: Partial<RunResult["requests"]>;
  },
  differs: Partial<RunResult> = {},
): RunResult {
  const empty = newRunResult("events", false, emptyTally());
  return {
    ...empty,
    records: { ...empty.records, ...counts.records },
    requests: { ...empty.requests, ...counts.requests },
    ...differs,
  };
}
