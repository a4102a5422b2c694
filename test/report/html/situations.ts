/** Runs as their reports show them. */
import { MatchQuality } from "../../../src/checks/match-quality/match-quality.js";
import type { Surface } from "../../../src/core/outcome.js";
import type { ExchangeEnd } from "../../../src/delivery/run-event.js";
import { newRunResult, type RunResult } from "../../../src/delivery/run-result.js";
import { emptyTally } from "../../../src/mapping/scope.js";
import { RunRecord } from "../../../src/report/run-record.js";
import type { RunEnding, RunReport } from "../../../src/report/run-report.js";
import { ended, exchange } from "../../delivery/told.js";

export const START = Date.UTC(2026, 3, 30, 12);

/** A report of a run in which nothing has happened. */
export function reportOf(parts: Partial<RunReport> = {}): RunReport {
  return {
    sync: "vip_customers",
    endedAt: START + 90_000,
    ending: { kind: "finished", result: emptyResult("custom_audiences") },
    record: new RunRecord(START),
    quality: new MatchQuality("custom_audiences").report(),
    receiver: "an emulator",
    version: "retl-meta 0.1.0",
    ...parts,
  };
}

export function emptyResult(surface: Surface): RunResult {
  return newRunResult(surface, false, emptyTally());
}

const CAME: readonly ExchangeEnd[] = [
  "acknowledged",
  "throttled",
  "failed",
  "unanswered",
  "refused",
];

/** Everything goes wrong once, in sixty audiences with long names. */
export function busyReport(names: (index: number) => string): RunReport {
  const result = emptyResult("custom_audiences");
  const record = new RunRecord(START);
  result.mirror = {
    mode: "mirror",
    audiences: [],
    missing: [],
    unreached: [],
    misnamed: [],
    openRemovals: 0,
    openAdditions: 0,
    requestsWithoutEffect: 0,
  };
  for (let index = 0; index < 60; index += 1) addAudience(result, record, names(index), index);
  record.hear({
    kind: "waiting",
    at: START + 20_000,
    waiting: { target: "act_123", until: START + 50_000, because: "throttled" },
  });
  result.records.read = 3_060;
  result.records.acknowledged = 3_000;
  result.records.rejected = 60;
  result.rejections.set("no_route", 60);
  result.rejectionCauses.push({
    example: {
      identity: '{"id":"<b>7</b>"}',
      code: "no_route",
      field: "",
      message: "The event's name has no route.",
    },
    count: 60,
  });
  result.failures.push({
    target: names(1),
    code: "meta.rejected",
    summary: "the audience is full. Make another one",
    evidence: undefined,
    count: 2,
  });
  result.status = "partially_succeeded";
  result.requests.planned = 60;
  result.requests.acknowledged = 48;
  return reportOf({ ending: { kind: "finished", result }, record });
}

function addAudience(result: RunResult, record: RunRecord, target: string, index: number): void {
  const members = {
    wanted: 50,
    joined: 50,
    left: 3,
    changed: 1,
    moved: 0,
    repeated: 0,
    unchanged: 12_607,
  };
  const rows = {
    removals: 3,
    additions: 51,
    wanted: 50,
    held: 0,
    removedByChange: 0,
    kept: 0,
    refusedAdditions: 0,
    refusedRemovals: 0,
  };
  const guarded = index === 59 ? "too many would leave" : undefined;
  result.mirror?.audiences.push({
    target,
    audienceId: "7",
    guarded,
    members,
    rows,
    replace: "none",
  });
  const counts = { requests: 1, records: 50, items: 51, acknowledgedItems: 50, invalidItems: 1 };
  result.targets.push({ target, operation: "upsert", status: "found", ...counts });
  const startedAt = START + index * 1_500;
  const came = CAME[index % CAME.length] ?? "acknowledged";
  const figures = { target, operation: "upsert", items: 51 } as const;
  const attempt = 1 + (index % 2);
  record.hear(exchange(startedAt + 700, { startedAt, attempt, came, ...figures }));
  record.hear({ kind: "usage", at: startedAt + 700, of: "act_123", percent: index * 2 });
  const end =
    came === "acknowledged" ? "acknowledged" : came === "unanswered" ? "unanswered" : "refused";
  record.hear(ended(startedAt + 700, { end, ...figures }));
}

/** A run that its store ended. */
export function brokenReport(): RunReport {
  const ending: RunEnding = {
    kind: "broke_off",
    because: "the store could not be read or written",
    remedy: "Check that its disk has room, then run again.",
  };
  return reportOf({ ending });
}
