/** What a run tells of itself while it goes on: figures and names of targets, never records. */
import type { Outcome } from "../core/outcome.js";
import { safeName } from "../core/redact.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { LedgerOperation } from "../store/ledger.js";
import type { Delivered, Waiting } from "./delivered.js";
import type { StatedUsage } from "./pacer.js";
import { isThrottled } from "./retry-policy.js";
import type { RunResult } from "./run-result.js";

/** One thing that happened in a run; instants are milliseconds since the epoch. */
export type RunEvent = { readonly at: number } & (
  | { readonly kind: "began"; readonly result: Readonly<RunResult> }
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
  | { readonly kind: "looked_up"; readonly startedAt: number; readonly answered: boolean }
  | { readonly kind: "waiting"; readonly waiting: Waiting }
  | ({ readonly kind: "usage" } & StatedUsage)
  /** A request came to its end. */
  | ({ readonly kind: "ended"; readonly end: RequestEnd } & RequestFigures)
);

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
    case "attempt": {
      const { request, attempt, startedAt, endedAt, outcome } = item;
      const came = exchangeEnd(outcome);
      return { kind: "exchange", at: endedAt, startedAt, attempt, came, ...figuresOf(request) };
    }
    case "settled":
      return { kind: "ended", at, end: ENDS[item.state], ...figuresOf(item.request) };
    case "split":
      return { kind: "ended", at, end: "split", ...figuresOf(item.request) };
    case "not_sent":
      return item.whole
        ? { kind: "ended", at, end: "not_sent", ...figuresOf(item.request) }
        : undefined;
    default:
      return undefined;
  }
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
