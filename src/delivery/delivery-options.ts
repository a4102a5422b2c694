import type { Outcome } from "../core/outcome.js";
import type { Clock, Random, Sleep } from "../core/ports.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetFailure } from "../planning/target.js";
import type { Ledger } from "../store/ledger.js";
import type { Waiting } from "./delivered.js";
import type { EarlierAnswers } from "./earlier-answers.js";
import type { Items } from "./items.js";
import type { Pacer } from "./pacer.js";
import type { RetryPolicy } from "./retry-policy.js";
import type { ResumptionOptions } from "./resumption.js";
import type { FailurePolicy } from "./run-gate.js";

/**
 * What requests of people to one audience are: operations in their order, of which each may undo the
 * one before, or a difference, in which each row is about somebody else.
 */
export type PeopleRequests = "operations" | "difference";

/** What delivery needs; everything that touches the world comes in here. */
export interface DeliveryOptions extends ResumptionOptions, EarlierAnswers {
  readonly ledger: Pick<
    Ledger,
    "plan" | "carry" | "sending" | "settle" | "lane" | "list" | "attempts"
  >;
  readonly items: Pick<Items, "of">;
  readonly people: PeopleRequests;
  /**
   * Why nothing may be sent where a request goes, if nothing may. Asked once a lane, when its first request
   * is written down and none has left.
   */
  readonly barred: (request: RequestPlan) => Promise<TargetFailure | undefined>;
  /** Makes one exchange; what goes out is the request's `bodyText`. */
  readonly send: (request: RequestPlan) => Promise<Outcome>;
  readonly pacer: Pacer;
  /** The ad account or pixel whose limits a request counts against. */
  readonly paceKey: (request: RequestPlan) => string;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: Random;
  /** For one exchange, in ms: after it Meta has got a request or never will. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** Requests that may be open at once. */
  readonly concurrency: number;
  /** Requests that are held ready, those under way among them. */
  readonly window: number;
  readonly onFailure: FailurePolicy;
  /** Aborts when the user interrupts the run. */
  readonly interrupted: AbortSignal;
  readonly onWait: (waiting: Waiting) => void;
}

/**
 * How many requests are held ready, those under way among them, when no more may be open at once. Each
 * holds its records until it settles; with eight of a thousand events memory doubles.
 */
export const DEFAULT_WINDOW = 4;
