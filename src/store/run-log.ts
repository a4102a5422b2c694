import type { Surface } from "../core/outcome.js";
import type { Result } from "../core/result.js";

/** What a run is of: a sync file by its name, or contract records for a binding. */
export interface RunSubject {
  /**
   * The name under which its state is kept: that of the sync file, or `records:` and that of the
   * binding.
   */
  readonly sync: string;
  readonly surface: Surface;
}

/** How a run ended; `unfinished` when its process ended first. */
export type RunEnd =
  "succeeded" | "partially_succeeded" | "failed" | "blocked" | "interrupted" | "unfinished";

/** A run that starts. */
export interface NewRun extends RunSubject {
  readonly startedAt: number;
  /** The process that runs it, for people. */
  readonly holder: string;
}

/** A run as the log holds it. */
export interface LoggedRun extends NewRun {
  readonly runId: number;
  readonly endedAt: number | undefined;
  /** Missing while it runs. */
  readonly status: RunEnd | undefined;
  /** The run's result in JSON, as `sync --json` prints it. */
  readonly report: string | undefined;
}

/** What a starting run takes over from those before it. */
export interface StartedRun {
  readonly runId: number;
  /** When the run of the same subject before this one started. */
  readonly previousStart: number | undefined;
}

/** What a sync has behind it. */
export interface SyncPast {
  /** When its first run started. */
  readonly firstStart: number;
  /**
   * Unix seconds. Of events that happened then or before, the store may have forgotten that Meta has
   * them.
   */
  readonly horizon: number | undefined;
}

/** Another opening of the store, perhaps on another machine, runs the same sync. */
export interface SyncTaken {
  /** Who that is, for people. */
  readonly holder: string;
}

/** The log of runs. */
export interface RunLog {
  /**
   * Starts a run, unless another opening of this store runs the same sync; from then on nobody else
   * starts one of it. What an earlier process left behind is put in order in the same transaction:
   * `pending` batches become `superseded`, `sending` ones `unknown`, everything settled is folded,
   * and its run ends as `unfinished`. So does a run of this opening that never came to an end: an
   * opening works for one run at a time.
   *
   * Whoever loses a run in the middle, because its connection was cut, cannot change anything any
   * more once another one has taken over: its calls reject with a `StoreFailure`.
   */
  start(run: NewRun): Promise<Result<StartedRun, SyncTaken>>;
  /**
   * Ends a run: what of it is still `pending` becomes `superseded`, settled batches are folded into the
   * event states and the members of audiences, and their items deleted, with all changes of the run but
   * those of batches that are `sending`. What its sync delivered so long ago that it cannot be sent any
   * more is forgotten (see `horizon.ts`). Doing it twice changes nothing.
   */
  end(runId: number, status: RunEnd, at: number, report: string): Promise<void>;
  /** What a sync has behind it; nothing before its first run. */
  past(sync: string): Promise<SyncPast | undefined>;
  /** The latest runs, newest first. */
  list(limit: number): Promise<readonly LoggedRun[]>;
}
