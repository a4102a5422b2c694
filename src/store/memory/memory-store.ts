import type { Store } from "../store.js";
import { memoryEvents } from "./memory-events.js";
import { memoryLedger } from "./memory-ledger.js";
import { memoryRejects } from "./memory-rejects.js";
import { memoryRuns } from "./memory-runs.js";
import { memoryTargets } from "./memory-targets.js";
import { emptyTables, type MemoryTables } from "./tables.js";

/**
 * A store that lives as long as its process: for tests, demos and embedding. Every call takes effect
 * at once, so that nothing can come between.
 *
 * @param salt the salt of its digests; a fixed one will do, since nothing of it is ever written down
 */
export function memoryStore(tables: MemoryTables = emptyTables(), salt = "memory"): Store {
  const underWay = { runId: undefined };
  return {
    salt,
    targets: memoryTargets(tables),
    runs: memoryRuns(tables, underWay),
    ledger: memoryLedger(tables, underWay),
    events: memoryEvents(tables),
    rejects: memoryRejects(tables),
    close: () => Promise.resolve(),
  };
}
