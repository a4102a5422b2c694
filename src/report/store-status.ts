import type { EventCounts } from "../store/event-states.js";
import type { LoggedBatch } from "../store/ledger.js";
import type { RejectCount } from "../store/rejects.js";
import type { LoggedRun } from "../store/run-log.js";
import type { RegisteredTarget } from "../store/target-registry.js";

/** Everything that `status` tells. */
export interface StoreStatus {
  /** The newest. */
  readonly runs: readonly LoggedRun[];
  /** The last run of each sync. */
  readonly latest: readonly LoggedRun[];
  readonly events: readonly EventCounts[];
  /** Requests with events that are neither delivered nor refused. */
  readonly open: readonly LoggedBatch[];
  /** Of each binding of records how many requests are open that its latest runs did not take up. */
  readonly leftBehind: ReadonlyMap<string, number>;
  readonly rejects: readonly RejectCount[];
  /** Audiences whose creation was begun and not finished. */
  readonly creating: readonly RegisteredTarget[];
}
