import type { Waiting } from "../delivery/delivered.js";
import type { Pacer } from "../delivery/pacer.js";

/** What resolving waits by. */
export interface ResolvingOptions {
  readonly pacer: Pacer;
  /** Aborts when the run stops. */
  readonly signal: AbortSignal;
  readonly onWait: (waiting: Waiting) => void;
}
