import type { Outcome } from "../core/outcome.js";
import { stopsOf } from "../graph/class-effects.js";
import type { TargetFailure } from "../planning/target.js";
import type { RunStop } from "./delivered.js";

/** When a failure stops the run. */
export type FailurePolicy = "continue_on_any" | "stop_on_terminal" | "stop_on_any";

/** Whether requests may still leave: what stops a run stops it here, at once and for all lanes. */
export class RunGate {
  /** Why the run stopped, if it did: the first reason. */
  stop: RunStop | undefined;
  /** Something threw: a bug, or a store that failed. Told once everything under way is settled. */
  crash: { readonly error: unknown } | undefined;
  private readonly stopping = new AbortController();
  private readonly over = new AbortController();

  constructor(
    private readonly policy: FailurePolicy,
    interrupted: AbortSignal,
    private readonly onStop: () => void,
  ) {
    const interrupt = () => {
      this.stopRun({ kind: "interrupted", because: "it was interrupted" });
    };
    if (interrupted.aborted) interrupt();
    else interrupted.addEventListener("abort", interrupt, { signal: this.over.signal });
  }

  /** The run is over: nobody is listened to any more. */
  close(): void {
    this.over.abort();
  }

  /** Aborts when the run stops, so that nobody sleeps on. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  stopRun(stop: RunStop): void {
    this.stop ??= stop;
    this.stopping.abort();
    this.onStop();
  }

  /** Nothing leaves any more; the source is read to its end all the same, to tell how many there are. */
  noteRerouted(): void {
    this.stop ??= { kind: "failed", because: REROUTED };
    this.stopping.abort();
  }

  crashed(error: unknown): void {
    this.crash ??= { error };
    this.stopRun({ kind: "failed", because: "something went wrong inside retl-meta" });
  }

  /** What an answer stops must hold before the next request leaves, so it is noted at once. */
  noteAnswer(outcome: Outcome): void {
    if (stopsOf(outcome) === "run")
      this.stopRun({ kind: "blocked", because: outcome.evidence.summary });
  }

  /** The last word on a request, which the failure policy may act on. */
  noteEnd({ kind, evidence }: Outcome): void {
    if (kind === "succeeded" || this.policy === "continue_on_any") return;
    if (this.policy === "stop_on_any" || kind === "rejected" || kind === "blocked")
      this.stopRun({ kind: "failed", because: evidence.summary });
  }

  /** A target that could not be resolved. */
  noteHeld({ stops, message }: TargetFailure): void {
    if (stops === "run") this.stopRun({ kind: "blocked", because: message });
    else if (this.policy !== "continue_on_any") this.stopRun({ kind: "failed", because: message });
  }
}

/** Why a run stops that would send events to another pixel than the one that has them. */
export const REROUTED =
  "events that one pixel has, or may have, would go to another one now. Put the route back, or send them there as well with `sync --replay`.";
