/** Counts what became of records and requests as it happens. */
import type { SchemaViolation } from "../core/ajv.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Rejection } from "../core/record.js";
import { safeName } from "../core/redact.js";
import type { LeftOut } from "../planning/admission.js";
import type { Batch } from "../planning/batch.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { NewReject } from "../store/rejects.js";
import { countFailure, requestFailure, type FailureCause } from "./count-failure.js";
import type { Delivered } from "./delivered.js";
import { SentRecords, type CarriedEnd, type RecordBook } from "./record-book.js";
import { agedRejection } from "./local-rejects.js";
import { countRerouted } from "./rerouted-events.js";
import type { RecordCounts, RequestCounts, RunResult, TargetCounts } from "./run-result.js";
import { statusOf } from "./run-status.js";

/** How many causes of rejection a result tells apart: a field may come from the data. */
const MAX_CAUSES = 50;

/** Adds to a result. */
export class ResultCounter {
  private readonly targets = new Map<string, TargetCounts>();

  /** @param book how records are counted by their requests */
  constructor(
    readonly result: RunResult,
    private readonly book: RecordBook = new SentRecords(result),
  ) {}

  /** A request of a dry run. */
  planned(request: RequestPlan): void {
    this.count(request);
    this.book.ended(request, "planned");
  }

  /** A request of a dry run that the spec would refuse as a whole. */
  unfit(request: RequestPlan, violation: SchemaViolation): void {
    this.count(request);
    this.book.ended(request, "failed");
    this.failure(request.target, {
      code: "run.unfit_request",
      message: `the body does not fit Meta's spec at \`${violation.pointer}\`: ${violation.message}. Look at the mapping's \`request\` section.`,
    });
  }

  delivered(item: Delivered): void {
    switch (item.kind) {
      case "rejection":
        this.records("rejected", 1);
        this.rejection(item.rejection, item.standing);
        break;
      case "withheld":
        this.records("withheld", 1);
        break;
      case "left_out":
        this.leftOut(item.because);
        break;
      case "history":
        this.records("history", 1);
        break;
      case "rerouted":
        this.records("notSent", 1);
        countRerouted(this.result.rerouted, item);
        break;
      case "held":
        this.held(item);
        break;
      case "left":
        this.left(item.batch);
        break;
      case "staged":
      case "compared":
      case "missing":
      case "misnamed":
        this.book.compared(item);
        break;
      case "unreached":
        this.book.compared(item);
        this.failure(item.target, item.failure);
        break;
      case "barred":
        this.failure(item.target, item.failure);
        break;
      case "guarded":
        this.book.compared(item);
        this.failure(item.target, { code: "target.guarded", message: item.because });
        break;
      case "stopped":
        this.result.stopped = item.stop.because;
        this.result.status = item.stop.kind;
        break;
      default:
        this.request(item);
    }
  }

  /** The source broke off. */
  sourceFailed(problem: Diagnostic): void {
    this.result.sourceProblem = problem;
  }

  /** The status that the counts give, once everything is counted. */
  finish(): RunResult {
    const { result } = this;
    this.book.close();
    if (result.status !== "blocked" && result.status !== "interrupted")
      result.status = statusOf(result);
    return result;
  }

  private request(item: RequestItem): void {
    const { requests } = this.result;
    switch (item.kind) {
      case "planned":
        this.count(item.request);
        break;
      case "part":
        requests.planned += 1;
        break;
      case "attempt":
        requests.attempts += 1;
        break;
      case "split":
        requests.split += 1;
        break;
      case "carried":
        requests.carried += 1;
        this.records(item.batch.state === "skipped" ? "skipped" : "delivered", item.batch.records);
        break;
      case "taken_back":
        this.takenBack(item);
        break;
      case "not_sent":
        if (item.whole) requests.notSent += 1;
        this.book.ended(item.request, "notSent", item.identities);
        break;
      case "expired":
        requests[goesOn(item) ? "split" : "notSent"] += 1;
        this.result.records.rejected += item.tooOld.length;
        for (const identity of item.tooOld) this.rejection(agedRejection(identity), false);
        this.result.records.inDoubt += item.inDoubt.length;
        this.result.newlyInDoubt += item.inDoubt.length;
        break;
      case "settled":
        this.settled(item);
        break;
    }
  }

  private takenBack({ batch, targetStatus }: Extract<Delivered, { kind: "taken_back" }>): void {
    const { requests } = this.result;
    const counts = this.target(batch.target, batch.operation, targetStatus);
    requests.planned += 1;
    requests.notSent += 1;
    this.records("notSent", batch.records);
    counts.requests += 1;
    counts.records += batch.records;
    counts.items += batch.itemCount;
  }

  private leftOut(because: LeftOut): void {
    const { result } = this;
    this.records(LEFT_OUT[because], 1);
    if (because === "changed_since_delivery") result.changedSinceDelivery += 1;
    if (because === "newly_in_doubt") result.newlyInDoubt += 1;
  }

  private rejection(rejection: Rejection, standing: boolean): void {
    const { rejections, rejectionCauses } = this.result;
    const { code, field } = rejection;
    if (standing) this.result.standingRejections += 1;
    rejections.set(code, (rejections.get(code) ?? 0) + 1);
    const same = rejectionCauses.find(
      ({ example }) => example.code === code && example.field === field,
    );
    if (same !== undefined) same.count += 1;
    else if (rejectionCauses.length < MAX_CAUSES)
      rejectionCauses.push({ example: rejection, count: 1 });
  }

  private left({ target, operation, entries }: Batch): void {
    const recordIdentities = entries.map(({ identity }) => identity);
    this.book.carried({ target, operation, recordIdentities });
    this.book.ended({ target, operation, recordIdentities }, "notSent");
    this.target(target, operation, "not_sent").records += entries.length;
  }

  private held({ batch, failure }: Extract<Delivered, { kind: "held" }>): void {
    this.records("notSent", batch.entries.length);
    const counts = this.target(batch.target, batch.operation, "failed");
    counts.records += batch.entries.length;
    this.failure(batch.target, failure);
  }

  private settled(item: Extract<Delivered, { kind: "settled" }>): void {
    const { request, state, outcome, rejects } = item;
    const { evidence } = outcome;
    const counts = this.target(request.target, request.operation, request.targetStatus);
    const { isPreliminary = false } = request;
    counts.acknowledgedItems += isPreliminary ? 0 : evidence.confirmed;
    counts.invalidItems += evidence.invalid ?? 0;
    const end = ENDS[state];
    this.result.requests[end] += 1;
    // What becomes of the records follows, unless Meta refused them.
    const known = isPreliminary ? "acknowledged" : end;
    for (const reject of this.book.settled(request, known, rejects))
      this.rejection(refusedByMeta(reject), false);
    this.result.unnamedInvalidItems += item.unnamed;
    if (outcome.kind !== "succeeded") this.failure(request.target, requestFailure(evidence));
  }

  private count(request: RequestPlan): void {
    const counts = this.target(request.target, request.operation, request.targetStatus);
    this.result.requests.planned += 1;
    this.book.carried(request);
    counts.requests += 1;
    counts.records += request.recordCount;
    for (const items of request.itemCounts) counts.items += items;
  }

  private target(
    target: string,
    operation: TargetCounts["operation"],
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

  private records(kind: keyof RecordCounts, count: number): void {
    this.result.records[kind] += count;
    this.result.records.read += count;
  }

  private failure(target: string, cause: FailureCause): void {
    countFailure(this.result.failures, target, cause);
  }
}

type RequestItem = Extract<
  Delivered,
  { readonly request: RequestPlan } | { readonly kind: "attempt" | "carried" | "taken_back" }
>;

const LEFT_OUT: Readonly<Record<LeftOut, keyof RecordCounts>> = {
  delivered: "delivered",
  changed_since_delivery: "delivered",
  repeated: "repeated",
  skipped: "skipped",
  suppressed: "suppressed",
  in_doubt: "inDoubt",
  newly_in_doubt: "inDoubt",
};

/** Where a request, and what of its records was not refused, ends up. */
const ENDS: Readonly<
  Record<Extract<Delivered, { kind: "settled" }>["state"], CarriedEnd & keyof RequestCounts>
> = {
  succeeded: "acknowledged",
  partially_succeeded: "acknowledged",
  unknown: "unknown",
  rejected: "failed",
  failed: "failed",
};

/** Whether some of its events may still be sent; they go on as a part. */
function goesOn({ request, tooOld, inDoubt }: Extract<Delivered, { kind: "expired" }>): boolean {
  return request.recordCount > tooOld.length + inDoubt.length;
}

function refusedByMeta({ identity, field, message }: NewReject): Rejection {
  return { identity, code: "refused", field, message };
}
