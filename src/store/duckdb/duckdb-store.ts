import type { Store } from "../store.js";
import type { Database } from "./database.js";
import { duckdbEvents } from "./duckdb-events.js";
import { duckdbLedger } from "./duckdb-ledger.js";
import { duckdbRejects } from "./duckdb-rejects.js";
import { duckdbRuns } from "./duckdb-runs.js";
import { duckdbTargets } from "./duckdb-targets.js";

/** How a store's file was opened. */
export interface Opening {
  /** Whether the table `ahead` is there: how events will be once everything is folded. */
  readonly ahead: boolean;
  readonly close: () => Promise<void>;
}

/** The store on a database whose tables are there. */
export function duckdbStore(database: Database, salt: string, { ahead, close }: Opening): Store {
  const underWay = { runId: undefined };
  return {
    salt,
    targets: duckdbTargets(database),
    runs: duckdbRuns(database, underWay),
    ledger: duckdbLedger(database, underWay, ahead),
    events: duckdbEvents(database, ahead),
    rejects: duckdbRejects(database),
    close,
  };
}
