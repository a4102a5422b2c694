import type { Store } from "../store.js";
import { fenced, release } from "./leases.js";
import { memoryEvents } from "./memory-events.js";
import { memoryLedger } from "./memory-ledger.js";
import { memoryMembers } from "./memory-members.js";
import { memoryRejects } from "./memory-rejects.js";
import { memoryRuns } from "./memory-runs.js";
import { memorySuppressions } from "./memory-suppressions.js";
import { memoryTargets } from "./memory-targets.js";
import { emptyTables, type MemoryTables, type UnderWay } from "./tables.js";

/**
 * A store that lives as long as its process: for tests, demos and embedding. Every call takes effect
 * at once, so that nothing can come between. Several on the same tables are several openings of one
 * store.
 *
 * @param salt the salt of its digests; a fixed one will do, since nothing of it is ever written down
 */
export function memoryStore(tables: MemoryTables = emptyTables(), salt = "memory"): Store {
  const underWay: UnderWay = { run: undefined };
  const store = {
    salt,
    targets: memoryTargets(tables),
    runs: memoryRuns(tables, underWay),
    ledger: memoryLedger(tables),
    events: memoryEvents(tables),
    members: memoryMembers(tables),
    rejects: memoryRejects(tables),
    suppressions: memorySuppressions(tables),
    close: () => {
      release(tables, underWay);
      return Promise.resolve();
    },
  };
  return fenced(store, tables, underWay);
}
