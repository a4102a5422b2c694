/** An event that a run would send. */
export interface EventCandidate {
  /** Unique over all pixels. */
  readonly itemId: string;
  readonly contentDigest: string;
  /** The same for one event whichever pixel it goes to. */
  readonly routeKey: string;
}

/** What a store knows of a candidate; the first that holds. */
export type EventStanding =
  /** A candidate of the same run had this identity already; `same` when it had this content too. */
  | { readonly kind: "repeated"; readonly same: boolean }
  | { readonly kind: "delivered"; readonly same: boolean }
  /**
   * Refused before, with this content; by an operator: given up. What Meta may have stays given up with
   * whatever content.
   */
  | { readonly kind: "rejected"; readonly origin: "meta" | "operator" }
  /** Sent, and nobody knows what came of it; after `repeatSafeUntil` it may count twice. */
  | { readonly kind: "unanswered"; readonly firstSentAt: number; readonly repeatSafeUntil: number }
  /** The same sync delivered it to another pixel; of several to the one whose id comes first. */
  | { readonly kind: "delivered_elsewhere"; readonly pixelId: string }
  /** The same, but nobody knows what came of it there; what one pixel has, another does not drop. */
  | {
      readonly kind: "unanswered_elsewhere";
      readonly pixelId: string;
      readonly repeatSafeUntil: number;
    }
  | { readonly kind: "new" };

/** How many events of a store are in which state. */
export interface EventCounts {
  readonly pixelId: string;
  readonly delivered: number;
  /** Sent without an answer, and may still be sent again safely. */
  readonly unanswered: number;
  /** Sent without an answer, and too long ago to be sent again safely. */
  readonly inDoubt: number;
}

/** What is known of events: which were delivered, and which may have been. */
export interface EventStates {
  /**
   * What is known of each candidate, in their order. Remembers them for the rest of the run, so that
   * a second one of the same identity is noticed.
   *
   * @param runId of the run under way; a negative one is a dry run's, which sees what an ended process
   *   left behind as the next run will find it
   * @param sync whose rejects count
   */
  standings(
    runId: number,
    sync: string,
    candidates: readonly EventCandidate[],
  ): Promise<readonly EventStanding[]>;
  /**
   * The same of candidates that are too late to be sent: none of them is a repeat, and none is remembered,
   * so that one of the same identity that can be sent is.
   */
  lateStandings(
    runId: number,
    sync: string,
    candidates: readonly EventCandidate[],
  ): Promise<readonly EventStanding[]>;
  /** By pixel, with what is not folded yet as if it were. */
  counts(now: number): Promise<readonly EventCounts[]>;
}
