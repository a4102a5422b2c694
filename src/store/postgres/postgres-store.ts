import type { Engine } from "../sql/database.js";
import { sqlMembers } from "../sql/members/sql-members.js";
import { sqlLedger } from "../sql/sql-ledger.js";
import { sqlRejects } from "../sql/sql-rejects.js";
import { sqlSuppressions } from "../sql/sql-suppressions.js";
import { sqlTargets } from "../sql/sql-targets.js";
import type { Store } from "../store.js";
import type { PostgresDatabase } from "./database.js";
import { foldBatches } from "./fold.js";
import { postgresEvents } from "./postgres-events.js";
import { postgresScratch } from "./scratch.js";
import { liveRuns, postgresRuns, type TakeLease } from "./postgres-runs.js";

/** How a store was opened. */
export interface Opening {
  /** Whether everything is shown as if it were folded. */
  readonly reading: boolean;
  readonly takeLease: TakeLease;
}

/** The store on a database whose tables are there. */
export function postgresStore(
  database: PostgresDatabase,
  salt: string,
  { reading, takeLease }: Opening,
): Store {
  const engine: Engine & { readonly database: PostgresDatabase } = {
    database,
    scratch: postgresScratch(database),
    withRoom: (_, work) => work(),
    ahead: reading,
    fold: foldBatches,
    liveRuns,
  };
  const runs = postgresRuns(engine, takeLease);
  return {
    salt,
    targets: sqlTargets(database),
    runs: runs.log,
    ledger: sqlLedger(engine),
    events: postgresEvents(database, reading),
    members: sqlMembers(engine),
    rejects: sqlRejects(database),
    suppressions: sqlSuppressions(engine),
    close: async () => {
      const closed = database.close();
      await runs.release();
      await closed;
    },
  };
}
