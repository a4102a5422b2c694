/** What a store holds, as machines read it: names in snake_case, instants in UTC. */
import type { JsonObject } from "../core/json.js";
import type { LoggedAttempt, LoggedBatch } from "../store/ledger.js";
import type { LoggedReject } from "../store/rejects.js";
import type { LoggedRun } from "../store/run-log.js";
import type { RegisteredTarget } from "../store/target-registry.js";
import { evidenceJson } from "./evidence-json.js";
import { instant } from "./instant.js";
import { reportOf } from "./logged-report.js";
import { snakeJson } from "./snake-json.js";

/** A run with its report, as `sync --json` printed it. */
export function loggedRunJson({ startedAt, endedAt, report, ...run }: LoggedRun): JsonObject {
  return {
    ...snakeJson({ ...run, startedAt: instant(startedAt), endedAt: optional(endedAt) }),
    ...(report === undefined ? {} : { report: reportOf(report) }),
  };
}

/** A request of the ledger. */
export function batchJson({ firstSentAt, settledAt, ...batch }: LoggedBatch): JsonObject {
  return snakeJson({
    ...batch,
    firstSentAt: optional(firstSentAt),
    settledAt: optional(settledAt),
  });
}

/** An attempt with all of its evidence. */
export function attemptJson({ attempt, sentAt, settledAt, evidence }: LoggedAttempt): JsonObject {
  return {
    ...snakeJson({ attempt, sentAt: instant(sentAt), settledAt: optional(settledAt) }),
    ...(evidence === undefined ? {} : { evidence: evidenceJson(evidence) }),
  };
}

/** A reject; its digests mean nothing outside the store. */
export function rejectJson(logged: LoggedReject): JsonObject {
  const { itemId, contentDigest, createdAt, ...reject } = logged;
  return snakeJson({ ...reject, createdAt: instant(createdAt) });
}

/** A target of the registry. */
export function targetJson({ trustedSince, checkedAt, ...target }: RegisteredTarget): JsonObject {
  return snakeJson({
    ...target,
    trustedSince: instant(trustedSince),
    checkedAt: instant(checkedAt),
  });
}

function optional(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : instant(ms);
}
