/** What a run tells of itself while it goes on: figures and names of targets, never records. */
import type { EvidenceCode, MetaAnswer, Outcome, Surface } from "../core/outcome.js";
import { safeName } from "../core/redact.js";
import { urlTemplate, type RequestPlan } from "../planning/request-plan.js";
import type { LedgerOperation } from "../store/ledger.js";
import type { StoreFault } from "../store/store-fault.js";
import type { Attempt, Delivered, Waiting } from "./delivered.js";
import type { StatedUsage } from "./pacer.js";
import { isThrottled } from "./retry-policy.js";
import type { RunResult } from "./run-result.js";

/** One thing that happened in a run; instants are milliseconds since the epoch. */
export type RunEvent = { readonly at: number } & (
  | { readonly kind: "began"; readonly run: RunName; readonly result: Readonly<RunResult> }
  /** So many more records came out of the source. */
  | { readonly kind: "read"; readonly records: number }
  /** The source came to its end, or broke off. */
  | { readonly kind: "source_ended" }
  /** An audience was compared, and so many rows of it are to be sent. */
  | { readonly kind: "compared"; readonly target: string; readonly rows: number }
  /** Its removal guard stopped it: they are not sent. */
  | { readonly kind: "guarded"; readonly target: string }
  /** A request is to be sent, or a part of one in its place. */
  | ({ readonly kind: "planned" } & RequestFigures)
  | ({ readonly kind: "exchange" } & Exchange)
  /** A call about audiences, which carries no records. */
  | {
      readonly kind: "looked_up";
      readonly startedAt: number;
      readonly answered: boolean;
      readonly call: HttpCall;
    }
  | { readonly kind: "waiting"; readonly waiting: Waiting }
  | ({ readonly kind: "usage" } & StatedUsage)
  /** A request came to its end. */
  | ({ readonly kind: "ended" } & EndedRequest)
  /** The run came to its end, which is written down. */
  | { readonly kind: "finished"; readonly result: Readonly<RunResult> }
  /** An error ended it: its store failed, or there is a bug. The log of runs has no end of it. */
  | { readonly kind: "broke_off"; readonly code: StoreFault["code"] | undefined }
);

/** Which run it is. */
export interface RunName {
  /** As the store counts them. */
  readonly id: number;
  readonly sync: string;
  readonly surface: Surface;
}

/** Whose request, and how much is in it. */
export interface RequestFigures {
  readonly target: string;
  readonly operation: LedgerOperation;
  /** Rows or events. */
  readonly items: number;
}

/** One exchange about records: from its start until its answer was read, which is when it is told. */
export interface Exchange extends RequestFigures {
  readonly startedAt: number;
  /** From 1; more than that is a retry. */
  readonly attempt: number;
  readonly came: ExchangeEnd;
  /** As `ledger show` takes it. */
  readonly batchId: string;
  /** Items that Meta took by this answer, and that it refused for themselves. */
  readonly accepted: number;
  readonly rejected: number;
  /** What it came to in a sentence, with advice; nothing that Meta wrote. */
  readonly summary: string;
  readonly call: HttpCall;
}

/** A call over HTTP: the names of ids in place of them, and of its answer what names nobody. */
export interface HttpCall {
  readonly method: string;
  /** With the API version: `/v25.0/{custom_audience_id}/users`. */
  readonly template: string;
  readonly answer: HttpAnswer;
  /** Why it failed, if it did. */
  readonly evidenceCode: EvidenceCode | undefined;
}

/** Numbers and ids of an answer; all of them missing when none came. */
export interface HttpAnswer {
  readonly status: number | undefined;
  /** Of Meta's error. */
  readonly code: number | undefined;
  readonly subcode: number | undefined;
  /** Meta's names of the exchange, for support cases. */
  readonly fbtraceId: string | undefined;
  readonly requestId: string | undefined;
}

/** What of an answer names nobody. */
export function httpAnswer(said: MetaAnswer): HttpAnswer {
  const { httpStatus: status, code, subcode, fbtraceId, requestId } = said;
  return { status, code, subcode, fbtraceId, requestId };
}

/** A request that came to its end, and where its items are by then. */
export interface EndedRequest extends RequestFigures {
  readonly end: RequestEnd;
  readonly accepted: number;
  readonly rejected: number;
}

/** What one exchange came to. */
export type ExchangeEnd = "acknowledged" | "throttled" | "refused" | "failed" | "unanswered";

/** What a request, or each part that it was split into, came to. */
export type RequestEnd = "acknowledged" | "refused" | "unanswered" | "split" | "not_sent";

/** What there is to tell of something that happened to records; often nothing. */
export function eventOf(item: Delivered, at: number): RunEvent | undefined {
  switch (item.kind) {
    case "compared": {
      const { target, replaced, rows } = item.audience;
      const removals = replaced === undefined ? rows.removals : 0;
      return { kind: "compared", at, target: safeName(target), rows: removals + rows.additions };
    }
    case "guarded":
      return { kind: "guarded", at, target: safeName(item.target) };
    case "planned":
    case "part":
      return { kind: "planned", at, ...figuresOf(item.request) };
    case "attempt":
      return { kind: "exchange", at: item.endedAt, ...exchangeOf(item) };
    case "settled":
      return { kind: "ended", at, ...settledRequest(item) };
    case "split":
      return { kind: "ended", at, end: "split", ...NONE_TAKEN, ...figuresOf(item.request) };
    case "not_sent":
      return item.whole
        ? { kind: "ended", at, end: "not_sent", ...NONE_TAKEN, ...figuresOf(item.request) }
        : undefined;
    default:
      return undefined;
  }
}

const NONE_TAKEN = { accepted: 0, rejected: 0 } as const;

function exchangeOf({ request, batchId, attempt, startedAt, outcome }: Attempt): Exchange {
  const { evidence } = outcome;
  const came = exchangeEnd(outcome);
  return {
    ...figuresOf(request),
    startedAt,
    attempt,
    came,
    batchId,
    accepted: evidence.confirmed,
    rejected: evidence.rejected,
    summary: evidence.summary,
    call: {
      method: request.method,
      template: urlTemplate(request),
      answer: httpAnswer(evidence),
      evidenceCode: came === "acknowledged" ? undefined : evidence.evidenceCode,
    },
  };
}

/** What was refused or given up as a whole is rejected, whichever of its items was at fault. */
function settledRequest({
  request,
  state,
  outcome: { evidence },
}: Extract<Delivered, { kind: "settled" }>): EndedRequest {
  const figures = figuresOf(request);
  const end = ENDS[state];
  const { confirmed: accepted, rejected } = evidence;
  if (end === "acknowledged") return { ...figures, end, accepted, rejected };
  return { ...figures, end, accepted: 0, rejected: end === "refused" ? figures.items : 0 };
}

function figuresOf({ target, operation, itemCounts }: RequestPlan): RequestFigures {
  const items = itemCounts.reduce((sum, one) => sum + one, 0);
  return { target: safeName(target), operation, items };
}

function exchangeEnd(outcome: Outcome): ExchangeEnd {
  switch (outcome.kind) {
    case "succeeded":
    case "partially_succeeded":
      return "acknowledged";
    case "rejected":
    case "blocked":
      return "refused";
    case "unknown":
      return "unanswered";
    case "retryable":
      return isThrottled(outcome) ? "throttled" : "failed";
  }
}

const ENDS: Readonly<Record<Extract<Delivered, { kind: "settled" }>["state"], RequestEnd>> = {
  succeeded: "acknowledged",
  partially_succeeded: "acknowledged",
  rejected: "refused",
  failed: "refused",
  unknown: "unanswered",
};
