import type { Store } from "../store.js";
import type { Database } from "./database.js";
import { duckdbEvents } from "./duckdb-events.js";
import { duckdbLedger } from "./duckdb-ledger.js";
import { duckdbRejects } from "./duckdb-rejects.js";
import { duckdbRuns } from "./duckdb-runs.js";
import { duckdbTargets } from "./duckdb-targets.js";

/** The store on a database whose tables are there. */
export function duckdbStore(database: Database, salt: string, close: () => void): Store {
  return {
    salt,
    targets: duckdbTargets(database),
    runs: duckdbRuns(database),
    ledger: duckdbLedger(database),
    events: duckdbEvents(database),
    rejects: duckdbRejects(database),
    close: async () => {
      await database.idle();
      close();
    },
  };
}
