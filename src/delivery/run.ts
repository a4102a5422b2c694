import type { StartedRun, SyncPast } from "../store/run-log.js";

/** The run under way, as delivery knows it. */
export interface Run extends StartedRun {
  /** The name under which its state is kept. */
  readonly sync: string;
  /** What a record is noted under that was rejected before its operation was known. */
  readonly operation: "upsert" | "import";
  /** What its sync has behind it; nothing before the first run. */
  readonly past: SyncPast | undefined;
}
