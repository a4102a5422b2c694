import type { Engine } from "../sql/database.js";
import { sqlMembers } from "../sql/members/sql-members.js";
import { sqlLedger } from "../sql/sql-ledger.js";
import { sqlRejects } from "../sql/sql-rejects.js";
import { sqlSuppressions } from "../sql/sql-suppressions.js";
import { sqlTargets } from "../sql/sql-targets.js";
import type { Store } from "../store.js";
import type { DuckdbDatabase } from "./database.js";
import { duckdbEvents } from "./duckdb-events.js";
import { duckdbRuns, type UnderWay } from "./duckdb-runs.js";
import { foldBatches } from "./fold.js";
import type { DuckdbScratch } from "./scratch.js";

/** How a store's file was opened. */
export interface Opening {
  /** Whether the table `ahead` is there: how events will be once everything is folded. */
  readonly ahead: boolean;
  readonly scratch: DuckdbScratch;
  readonly close: () => Promise<void>;
}

/** The store on a database whose tables are there. */
export function duckdbStore(
  database: DuckdbDatabase,
  salt: string,
  { ahead, scratch, close }: Opening,
): Store {
  const underWay: UnderWay = { runId: undefined };
  const liveRuns = () => Promise.resolve(underWay.runId === undefined ? [] : [underWay.runId]);
  const { withRoom } = scratch;
  const fold: Engine["fold"] = (transaction, batches) =>
    foldBatches(transaction, batches, withRoom);
  const engine: Engine = { database, scratch, withRoom, ahead, fold, liveRuns };
  return {
    salt,
    targets: sqlTargets(database),
    runs: duckdbRuns(engine, underWay),
    ledger: sqlLedger(engine),
    events: duckdbEvents(engine),
    members: sqlMembers(engine),
    rejects: sqlRejects(database),
    suppressions: sqlSuppressions(engine),
    close,
  };
}
