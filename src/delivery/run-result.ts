/** What a run did, counted as it happened. */
import type { SchemaViolation } from "../core/ajv.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Evidence, Outcome, Surface } from "../core/outcome.js";
import type { Rejection } from "../core/record.js";
import { safeName } from "../core/redact.js";
import type { Tally } from "../mapping/scope.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetStatus } from "../planning/target.js";
import type { Delivered } from "./deliver.js";

/** How a run ended. Nothing that failed is called a success. */
export type RunStatus = "succeeded" | "partially_succeeded" | "failed" | "blocked";

/** Where records ended up; the counts sum to the records that were read. */
export interface RecordCounts {
  read: number;
  /** Planned by a dry run, which sends nothing. */
  planned: number;
  acknowledged: number;
  /** Sent, and the answer was lost: Meta may hold them. */
  unknown: number;
  /** Surely not applied by Meta. */
  failed: number;
  /** Not sent: the target could not be resolved, or the lane or the run had stopped. */
  notSent: number;
  rejected: number;
  withheld: number;
}

/** What became of requests. */
export interface RequestCounts {
  planned: number;
  acknowledged: number;
  failed: number;
  unknown: number;
  notSent: number;
}

/** What went to one target by one operation. */
export interface TargetCounts {
  readonly target: string;
  readonly operation: RequestPlan["operation"];
  status: TargetStatus | "failed" | "not_sent";
  requests: number;
  records: number;
  items: number;
  acknowledgedItems: number;
  /** Items that Meta counted invalid. */
  invalidItems: number;
}

/** The result of a run. */
export interface RunResult {
  readonly surface: Surface;
  readonly dryRun: boolean;
  status: RunStatus;
  readonly records: RecordCounts;
  readonly requests: RequestCounts;
  readonly targets: TargetCounts[];
  /** By code. */
  readonly rejections: Map<string, number>;
  /** By code and field, each with its first rejection as an example. */
  readonly rejectionCauses: RejectionCause[];
  /** What went wrong with requests: the first of each kind. */
  readonly failures: Failure[];
  readonly tally: Tally;
  /** Why the run stopped early, if it did. */
  stopped: string | undefined;
  /** What broke off in the source, if it did; what was sent or rejected by then is counted. */
  sourceProblem: Diagnostic | undefined;
}

/** Rejections for the same reason at the same field. */
export interface RejectionCause {
  readonly example: Rejection;
  count: number;
}

/** One kind of failure. */
export interface Failure {
  readonly target: string;
  readonly summary: string;
  readonly evidence: Evidence | undefined;
  count: number;
}

/** How many causes of rejection a result tells apart: a field may come from the data. */
const MAX_CAUSES = 50;

/** How many kinds of failure a result keeps: memory stays bounded whatever Meta answers. */
const MAX_FAILURES = 50;

/** A result in which nothing has happened yet. */
export function newRunResult(surface: Surface, dryRun: boolean, tally: Tally): RunResult {
  return {
    surface,
    dryRun,
    status: "succeeded",
    records: {
      read: 0,
      planned: 0,
      acknowledged: 0,
      unknown: 0,
      failed: 0,
      notSent: 0,
      rejected: 0,
      withheld: 0,
    },
    requests: { planned: 0, acknowledged: 0, failed: 0, unknown: 0, notSent: 0 },
    targets: [],
    rejections: new Map(),
    rejectionCauses: [],
    failures: [],
    tally,
    stopped: undefined,
    sourceProblem: undefined,
  };
}

/** Adds to a result. */
export class ResultCounter {
  private readonly targets = new Map<string, TargetCounts>();

  constructor(readonly result: RunResult) {}

  /** A request of a dry run. */
  planned(request: RequestPlan): void {
    this.count(request);
    this.result.records.planned += request.recordCount;
  }

  /** A request of a dry run that the spec would refuse as a whole. */
  unfit(request: RequestPlan, violation: SchemaViolation): void {
    this.count(request);
    this.result.records.failed += request.recordCount;
    this.failure(
      request.target,
      `the body does not fit Meta's spec at \`${violation.pointer}\`: ${violation.message}. Look at the mapping's \`request\` section.`,
      undefined,
    );
  }

  delivered(item: Delivered): void {
    switch (item.kind) {
      case "rejection":
        this.rejection(item.rejection);
        break;
      case "withheld":
        this.records("withheld", 1);
        break;
      case "held":
        this.held(item);
        break;
      case "settled":
        this.settled(item);
        break;
      case "left":
        this.records("notSent", item.batch.entries.length);
        this.target(item.batch.target, item.batch.operation, "not_sent").records +=
          item.batch.entries.length;
        break;
      case "not_sent":
        this.count(item.request);
        this.result.requests.notSent += 1;
        this.records("notSent", item.request.recordCount);
        break;
      case "stopped":
        this.result.stopped = item.because;
        this.result.status = item.blocked ? "blocked" : "failed";
        break;
    }
  }

  /** The source broke off. */
  sourceFailed(problem: Diagnostic): void {
    this.result.sourceProblem = problem;
  }

  /** The status that the counts give, once everything is counted. */
  finish(): RunResult {
    const { result } = this;
    const { acknowledged, planned, unknown, failed, notSent, rejected, read } = result.records;
    if (result.status === "blocked") return result;
    const broken = result.stopped !== undefined || result.sourceProblem !== undefined;
    const bad = unknown + failed + notSent > 0 || broken;
    if (bad) result.status = acknowledged > 0 ? "partially_succeeded" : "failed";
    else if (read > 0 && rejected === read && acknowledged + planned === 0)
      result.status = "failed";
    else if (result.targets.some(({ invalidItems }) => invalidItems > 0))
      result.status = "partially_succeeded";
    return result;
  }

  private rejection(rejection: Rejection): void {
    const { rejections, rejectionCauses } = this.result;
    const { code, field } = rejection;
    this.records("rejected", 1);
    rejections.set(code, (rejections.get(code) ?? 0) + 1);
    const same = rejectionCauses.find(
      ({ example }) => example.code === code && example.field === field,
    );
    if (same !== undefined) same.count += 1;
    else if (rejectionCauses.length < MAX_CAUSES)
      rejectionCauses.push({ example: rejection, count: 1 });
  }

  private held({ batch, failure }: Extract<Delivered, { kind: "held" }>): void {
    this.records("notSent", batch.entries.length);
    const counts = this.target(batch.target, batch.operation, "failed");
    counts.records += batch.entries.length;
    this.failure(batch.target, failure.message, failure.evidence);
  }

  private settled({ request, outcome }: Extract<Delivered, { kind: "settled" }>): void {
    const counts = this.count(request);
    const { evidence } = outcome;
    counts.acknowledgedItems += evidence.confirmed;
    counts.invalidItems += evidence.invalid ?? 0;
    const end = endOf(outcome);
    this.result.requests[end] += 1;
    this.result.records[end] += request.recordCount;
    this.result.records.read += request.recordCount;
    if (outcome.kind !== "succeeded") this.failure(request.target, evidence.summary, evidence);
  }

  private count(request: RequestPlan): TargetCounts {
    const counts = this.target(request.target, request.operation, request.targetStatus);
    this.result.requests.planned += 1;
    counts.requests += 1;
    counts.records += request.recordCount;
    for (const items of request.itemCounts) counts.items += items;
    if (this.result.dryRun) this.result.records.read += request.recordCount;
    return counts;
  }

  private target(
    target: string,
    operation: RequestPlan["operation"],
    status: TargetCounts["status"],
  ): TargetCounts {
    const key = JSON.stringify([target, operation]);
    const known = this.targets.get(key);
    if (known !== undefined) return known;
    const counts: TargetCounts = {
      target: safeName(target),
      operation,
      status,
      requests: 0,
      records: 0,
      items: 0,
      acknowledgedItems: 0,
      invalidItems: 0,
    };
    this.targets.set(key, counts);
    this.result.targets.push(counts);
    return counts;
  }

  private records(kind: "withheld" | "notSent" | "rejected", count: number): void {
    this.result.records[kind] += count;
    this.result.records.read += count;
  }

  private failure(target: string, summary: string, evidence: Evidence | undefined): void {
    const same = this.result.failures.find(
      (one) => one.target === safeName(target) && one.summary === summary,
    );
    if (same !== undefined) same.count += 1;
    else if (this.result.failures.length < MAX_FAILURES)
      this.result.failures.push({ target: safeName(target), summary, evidence, count: 1 });
  }
}

/** Where the records of a request end up; after a passing fault of Meta nobody knows. */
function endOf(outcome: Outcome): "acknowledged" | "unknown" | "failed" {
  switch (outcome.kind) {
    case "succeeded":
    case "partially_succeeded":
      return "acknowledged";
    case "unknown":
      return "unknown";
    case "retryable":
      return outcome.class === "transient" && outcome.evidence.httpStatus !== undefined
        ? "unknown"
        : "failed";
    default:
      return "failed";
  }
}
