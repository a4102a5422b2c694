import type { Event } from "../../generated/graph.js";

/** Why an event cannot be taken, with Meta's subcode under code 100. */
export interface EventFault {
  readonly subcode: number;
  readonly message: string;
  readonly advice: string;
  /** The field at fault, below the event. */
  readonly field: readonly string[];
}

/**
 * A condition that no schema expresses.
 *
 * @param now Unix seconds
 */
export type EventRule = (event: Event, now: number) => EventFault | undefined;
