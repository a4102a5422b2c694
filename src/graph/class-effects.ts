import type { EvidenceCode, Outcome } from "../core/outcome.js";
import type { ErrorClass } from "../generated/errors.js";

/** What a failure stops: nothing else, the lane of its audience or pixel, or the whole run. */
export type Stops = "nothing" | "lane" | "run";

/** What follows from the class of a failure. */
export interface ClassEffect {
  readonly outcome: "retryable" | "rejected" | "blocked" | "unknown";
  /** Where the error says nothing more exact. */
  readonly evidence: EvidenceCode;
  readonly stops: Stops;
  /** Whether the same request, sent again later, may succeed. */
  readonly retry: boolean;
  /** Whether Meta may have carried the request out all the same. */
  readonly mayBeApplied: boolean;
}

/** The one table from error class to what is done about it. */
export const CLASS_EFFECTS: Readonly<Record<ErrorClass, ClassEffect>> = {
  record: {
    outcome: "rejected",
    evidence: "meta.rejected",
    stops: "nothing",
    retry: false,
    mayBeApplied: false,
  },
  batch: {
    outcome: "rejected",
    evidence: "meta.rejected",
    stops: "nothing",
    retry: false,
    mayBeApplied: false,
  },
  request: {
    outcome: "rejected",
    evidence: "meta.rejected",
    stops: "lane",
    retry: false,
    mayBeApplied: true,
  },
  target: {
    outcome: "blocked",
    evidence: "meta.rejected",
    stops: "lane",
    retry: false,
    mayBeApplied: false,
  },
  too_few: {
    outcome: "blocked",
    evidence: "meta.rejected",
    stops: "lane",
    retry: false,
    mayBeApplied: false,
  },
  account: {
    outcome: "blocked",
    evidence: "meta.permission_denied",
    stops: "run",
    retry: false,
    mayBeApplied: false,
  },
  throttle: {
    outcome: "retryable",
    evidence: "meta.throttled",
    stops: "nothing",
    retry: true,
    mayBeApplied: false,
  },
  transient: {
    outcome: "retryable",
    evidence: "meta.transient",
    stops: "nothing",
    retry: true,
    mayBeApplied: true,
  },
  unknown: {
    outcome: "unknown",
    evidence: "meta.unreadable",
    stops: "nothing",
    retry: true,
    mayBeApplied: true,
  },
};

/** What an outcome stops, whatever `on_failure` says. */
export function stopsOf(outcome: Outcome): Stops {
  switch (outcome.kind) {
    case "succeeded":
    case "partially_succeeded":
      return "nothing";
    case "unknown":
      return CLASS_EFFECTS.unknown.stops;
    default:
      return CLASS_EFFECTS[outcome.class].stops;
  }
}

/** Whether Meta may hold what was sent: only a refusal, or a connection that never stood, says no. */
export function mayBeApplied(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "succeeded":
    case "partially_succeeded":
      return true;
    case "unknown":
      return CLASS_EFFECTS.unknown.mayBeApplied;
    default:
      // A transport that fails and is no `unknown` never connected.
      return (
        CLASS_EFFECTS[outcome.class].mayBeApplied &&
        outcome.evidence.evidenceCode !== "meta.transport"
      );
  }
}
